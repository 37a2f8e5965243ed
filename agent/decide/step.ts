/** Everything a pod may ask for; `perform` has an executor for each. */
export type Step =
  | { readonly kind: 'createSandbox'; readonly attempt: number }
  /** With all containers in it. */
  | { readonly kind: 'removeSandbox'; readonly id: string; readonly why: 'dead' | 'finished' }
  | { readonly kind: 'pullImage'; readonly container: string }
  | { readonly kind: 'startContainer'; readonly container: string; readonly attempt: number; readonly crashes: number }
  | { readonly kind: 'stopContainer'; readonly id: string; readonly container: string; readonly graceMs: number; readonly why: string }
  | { readonly kind: 'removeContainer'; readonly id: string }
  | { readonly kind: 'failPod'; readonly reason: string; readonly message: string }
  /** Nothing of the pod is left on the engine: clean up its folders and say so. */
  | { readonly kind: 'forget' }
  /** Nothing to do for so many ms. */
  | { readonly kind: 'wait'; readonly ms: number };
