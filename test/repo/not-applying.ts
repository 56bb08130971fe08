/** Statements of the checklist that no test can show, each with the reason. */
export const NOT_APPLYING: Readonly<Record<string, string>> = {
  C5: 'says what else may be done; where the destination cannot be read, the run goes on and says what that costs (C8)',
  J2: 'tells where the time of a server goes; there is nothing that a client does about it',
  J8: 'internals of servers, of which the statement itself says that nothing is to be done',
  K1: 'the history of another program; each of its faults stands as a statement of its own',
  K2: 'the history of another program; each of its faults stands as a statement of its own',
}
