/** What the composition root wires. */
export { createBootObjects } from './boot-objects.js';
export { Kinds } from './kinds.js';
export { LocalClient } from './local-client.js';
export { createApiServer, type ApiServer, type ApiServerOptions } from './server.js';
export { loadCertificates, type CertificateOptions, type Certificates } from './tls/certificates.js';
export { kubeconfig, type KubeconfigOptions } from './tls/kubeconfig.js';
export { serverNames, type ServerNames } from './tls/server-names.js';
