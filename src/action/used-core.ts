/** What the action uses of @actions/core, and all of it that the bundle holds. */
export { endGroup, error, info, setOutput, setSecret, startGroup, warning } from '@actions/core'
