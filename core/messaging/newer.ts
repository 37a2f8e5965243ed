/** Is `candidate` to replace `current`? A change of epoch always is: the master was restored or replaced. Equal revisions are the same manifest. */
export const isNewerManifest = (candidate: { readonly epoch: string; readonly revision: number }, current: { readonly epoch: string; readonly revision: number } | undefined): boolean =>
  current === undefined || candidate.epoch !== current.epoch || candidate.revision > current.revision;

/** Reports of one node: of another session, or later in the same one. Within a session `seq` rises. */
export const isNewerReport = (candidate: { readonly session: string; readonly seq: number }, current: { readonly session: string; readonly seq: number } | undefined): boolean =>
  current === undefined || candidate.session !== current.session || candidate.seq > current.seq;
