/** The part of the file system that volumes need besides `Disk`. Errors are Node's. */
export interface HostFolders {
  /** With all above it; an existing one keeps its mode. */
  make(path: string, mode: number): Promise<void>;
  /** Makes an empty file when there is none. */
  makeFile(path: string): Promise<void>;
  kindOf(path: string): Promise<'File' | 'Directory' | 'Socket' | 'CharDevice' | 'BlockDevice' | 'other' | undefined>;
  /** Resolved through links; undefined when it is not there. */
  realPath(path: string): Promise<string | undefined>;
  chmod(path: string, mode: number): Promise<void>;
}
