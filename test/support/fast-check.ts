import fc from 'fast-check'

/** One seed for every run, or another by KALANDRA_SEED: a failure can be had again. */
fc.configureGlobal({ seed: Number(process.env['KALANDRA_SEED'] ?? 20_261_124) })
