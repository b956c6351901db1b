import {
  count,
  integer,
  list,
  number,
  port,
  seconds,
  secret,
  text,
  truth,
  url,
  type Section,
} from "../field.ts";

export const server = {
  host: text({
    default: "0.0.0.0",
    about: "Address on which the daemon listens.",
    env: ["TRANSLATOR_HOST"],
  }),
  port: port({
    default: 8443,
    about: "Port on which the daemon listens.",
    env: ["TRANSLATOR_PORT"],
  }),
  peer_host: text({
    about:
      "Address on which paired machines reach the daemon; without it they come through SSH alone.",
    sample: "0.0.0.0",
    env: ["FBTR_PEER_HOST"],
  }),
  peer_port: port({
    default: 8444,
    about: "Port for paired machines, of HTTP/2 (TCP) and HTTP/3 (UDP).",
    env: ["FBTR_PEER_PORT"],
  }),
  enable_http3: truth({
    default: true,
    about: "Whether HTTP/3 is offered; it needs a certificate.",
    env: ["ENABLE_HTTP3"],
  }),
  tls_cert_file: text({ default: "certs/server.crt", about: "File of the TLS certificate." }),
  tls_key_file: text({ default: "certs/server.key", about: "File of its private key." }),
  read_timeout: seconds({ default: 30, about: "Seconds to read a request." }),
  write_timeout: seconds({ default: 30, about: "Seconds without progress of an answer." }),
  max_upload_size: count({ default: 104_857_600, about: "Bytes of an upload at most." }),
} as const satisfies Section;

export const security = {
  enable_auth: truth({ default: true, about: "Whether clients have to prove who they are." }),
  jwt_secret: secret({ about: "Secret that signs JSON Web Tokens.", env: ["JWT_SECRET"] }),
  api_key_header: text({ default: "X-API-Key", about: "Header that carries a client's key." }),
  rate_limit_rps: number({ min: 0 })({
    default: 10,
    about: "Requests a second that one client may make.",
  }),
  rate_limit_burst: count({ default: 20, about: "Requests that may come at once." }),
  cors_origins: list({ default: ["*"], about: "Web sites whose pages may call the API." }),
} as const satisfies Section;

export const logging = {
  level: text({
    default: "info",
    about: "What is logged: debug, info, warn or error.",
    env: ["LOG_LEVEL", "TRANSLATOR_LOG_LEVEL"],
    aliases: ["monitoring.logging.level"],
  }),
  format: text({
    default: "json",
    about: "How it is logged: json or text.",
    aliases: ["monitoring.logging.format"],
  }),
  output_file: text({
    default: "",
    about: "File of the log; empty for standard error.",
    aliases: ["monitoring.logging.output_file"],
  }),
  max_size_mb: count({
    about: "Megabytes after which a new file is begun.",
    sample: 100,
    aliases: ["monitoring.logging.max_size_mb"],
  }),
  max_age_days: count({
    about: "Days that old files are kept.",
    sample: 30,
    aliases: ["monitoring.logging.max_age_days"],
  }),
  compress: truth({
    about: "Whether old files are compressed.",
    aliases: ["monitoring.logging.compress"],
  }),
} as const satisfies Section;

export const monitoring = {
  enabled: truth({ about: "Whether the daemon tells how it is." }),
  metrics_port: port({ about: "Port of the metrics." }),
  metrics_path: text({ about: "Path of the metrics." }),
  health_check_path: text({ about: "Path of the health check." }),
  server_port: port({ about: "Port of the monitor.", env: ["MONITOR_SERVER_PORT"] }),
  server_url: url({ about: "Where the monitor is.", env: ["MONITOR_SERVER_URL"] }),
  alerting: {
    enabled: truth({ about: "Whether alerts are sent." }),
    webhook_url: secret({ about: "Where alerts are sent." }),
    alert_on_errors: truth({ about: "Whether errors raise an alert." }),
    alert_on_high_load: truth({ about: "Whether high load raises an alert." }),
    high_load_threshold: number({ min: 0, max: 100 })({
      about: "Load from which on that happens, per cent.",
    }),
  },
} as const satisfies Section;

export const updates = {
  timeout: seconds({ about: "Seconds that an update may take.", env: ["UPDATE_TIMEOUT"] }),
  rollback_timeout: seconds({
    about: "Seconds that a rollback may take.",
    env: ["ROLLBACK_TIMEOUT"],
  }),
  backup_retention: count({ about: "Backups that are kept.", env: ["BACKUP_RETENTION"] }),
} as const satisfies Section;

export const features = {
  websocket_enabled: truth({
    about: "Whether events are sent over WebSocket.",
    env: ["ENABLE_WEBSOCKET"],
  }),
  batch_processing: truth({ about: "Whether several texts may come in one request." }),
  multi_pass_translation: truth({ about: "Whether a text may be translated in several passes." }),
  script_conversion: truth({ about: "Whether scripts are converted on request." }),
  format_conversion: truth({ about: "Whether formats are converted on request." }),
  progress_tracking: truth({ about: "Whether progress is told." }),
  version_management: truth({ about: "Whether versions of workers are watched." }),
} as const satisfies Section;

export const database = {
  type: text({ about: "Kind of the database that keeps jobs." }),
  host: text({ about: "Its address." }),
  port: port({ about: "Its port." }),
  user: text({ about: "User to log in as." }),
  password: secret({ about: "Password to log in with." }),
  name: text({ about: "Name of the database." }),
  sslmode: text({ about: "Whether the connection is encrypted." }),
  max_connections: count({ about: "Connections at most." }),
  connection_timeout: seconds({ about: "Seconds to wait for a connection." }),
} as const satisfies Section;

export const cache = {
  type: text({ about: "Kind of the shared cache." }),
  host: text({ about: "Its address." }),
  port: port({ about: "Its port." }),
  password: secret({ about: "Password to log in with." }),
  db: integer({ min: 0 })({ about: "Number of the database." }),
  ttl: seconds({ about: "Seconds that an answer is kept." }),
} as const satisfies Section;

export const storage = {
  type: text({ about: "Where uploaded books are kept." }),
  filesystem: {
    base_path: text({ about: "Folder of uploaded books." }),
    temp_path: text({ about: "Folder of files in work." }),
    max_file_age_days: count({ about: "Days that a book is kept." }),
  },
  s3: {
    enabled: truth({ about: "Whether books are kept in S3." }),
    endpoint: text({ about: "Address of the S3 service." }),
    region: text({ about: "Region of the bucket." }),
    bucket: text({ about: "Name of the bucket." }),
    access_key: secret({ about: "Name of the S3 key." }),
    secret_key: secret({ about: "The S3 key." }),
    use_ssl: truth({ about: "Whether the connection is encrypted." }),
  },
} as const satisfies Section;

/** Keys that help to find faults and to run in other surroundings. */
export const setup = {
  environment: text({ about: "Name of the deployment.", env: ["TRANSLATOR_ENV"] }),
  project_root: text({ about: "Folder of the project.", env: ["PROJECT_ROOT"] }),
  debug_hash: truth({ about: "Whether hashing of the code is logged.", env: ["DEBUG_HASH"] }),
  huggingface_token: secret({
    about: "Token of Hugging Face for `fbtr engines pull`; no other server gets it.",
    isEffective: true,
    env: ["HF_TOKEN", "HUGGINGFACE_TOKEN"],
  }),
} as const satisfies Section;
