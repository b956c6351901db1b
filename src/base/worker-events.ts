/** What is told of workers while they work; names and keys are those of existing clients. */
export interface WorkerEventMap {
  /** A worker was found over SSH. */
  distributed_worker_discovered: {
    readonly worker_id: string;
    readonly worker_name: string;
    readonly host: string;
    readonly capabilities: object;
    readonly version: string;
  };
  distributed_worker_paired: {
    readonly worker_id: string;
    readonly worker_name: string;
    readonly host: string;
    readonly capabilities: object;
  };
  distributed_worker_unpaired: { readonly worker_id: string; readonly worker_name: string };
  distributed_workers_paired: {
    readonly paired_count: number;
    readonly total_count: number;
    readonly remote_instances: number;
  };
  distributed_worker_added: { readonly worker_id: string; readonly worker_name: string };
  distributed_worker_removed: { readonly worker_id: string };
  /** The worker has another version of fbtr now. */
  distributed_worker_updated: { readonly worker_id: string; readonly version: string };
  /** Something about workers that a person should look at. */
  distributed_warning: { readonly worker_id: string; readonly error: string };
  /** A batch is handed to an engine on a worker. The session is that of the user. */
  distributed_translation_attempt: {
    readonly instance_id: string;
    readonly worker_id: string;
    readonly provider: string;
    /** From 1; more where another worker has failed before. */
    readonly attempt: number;
  };
  distributed_translation_success: WorkedOn;
  /** The worker has not done all of it: what is missing goes to another one. */
  distributed_translation_failure: WorkedOn & { readonly error: string };
  distributed_worker_offline: { readonly worker_id: string; readonly error: string };
  distributed_worker_online: { readonly worker_id: string; readonly transport: string };
  distributed_instances_discovered: {
    readonly remote_instances: number;
    readonly workers: readonly string[];
  };
  /** No worker is left: this machine does the work. */
  distributed_fallback: { readonly provider: string; readonly error: string };
}

/** What an engine on a worker has done of a batch. */
interface WorkedOn {
  readonly instance_id: string;
  readonly worker_id: string;
  /** Segments that it has answered. */
  readonly segments: number;
}
