@rem `npm start` says `exec node ...`, so that signals reach Clientele instead of a shell in between.
@rem Windows has no `exec`: this is one.
@%*
