/* SPDX-License-Identifier: Apache-2.0
 *
 * The Sluice plugin boundary: everything that a connector written in C, C++ or Rust needs.
 *
 * A plugin file is a shared library that exports one function, SLUICE_PLUGIN_ENTRY, which returns a static
 * table of readers, writers and processors. Authors in C++ will prefer `sluice/sluice.hpp`, a header-only
 * layer over this file. The rules that hold for every call (versions, threads, ownership) are numbered in
 * `sdk/ABI.md`; the tags below are theirs:
 *
 *   [job]         calls are serialised per plugin instance
 *   [task]        calls are serialised per split task; they may move between threads, tasks run in parallel
 *   [any-thread]  may be called from any thread, at any time between the task's start and its end
 *
 * Version 0.x: may still change with every need that the connectors show. The entry symbol carries the 0.
 */
#ifndef SLUICE_PLUGIN_H
#define SLUICE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#include "sluice/arrow_c_data.h"

#if defined(__cplusplus) && __cplusplus >= 201703L
#define SLUICE_NOEXCEPT noexcept
#else
#define SLUICE_NOEXCEPT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ------------------------------------------------------------------------------------ */

#define SLUICE_ABI_MAJOR 0
#define SLUICE_ABI_MINOR 1
#define SLUICE_PLUGIN_ENTRY sluice_plugin_entry_v0
#define SLUICE_PLUGIN_ENTRY_NAME "sluice_plugin_entry_v0"

/* ---- Strings, status and errors ------------------------------------------------------------------ */

/* UTF-8, not NUL-terminated, valid for the duration of the call that passes it. */
typedef struct SluiceString {
  const char* data;
  size_t size;
} SluiceString;

typedef int32_t SluiceStatus;
enum {
  SLUICE_OK = 0,
  SLUICE_INVALID = 1,     /* the job asks for something wrong: a parameter, a column, a type */
  SLUICE_NOT_FOUND = 2,   /* no such file, table, database, host */
  SLUICE_DENIED = 3,      /* login or privilege */
  SLUICE_UNREACHABLE = 4, /* no connection, or it was lost */
  SLUICE_CONFLICT = 5,    /* somebody else is in the way: lock, deadlock, existing file */
  SLUICE_BAD_DATA = 6,    /* the source's bytes cannot be read as records */
  SLUICE_IO = 7,          /* the machine: disk full, read error */
  SLUICE_TIMED_OUT = 8,
  SLUICE_CANCELLED = 9,
  SLUICE_NO_MEMORY = 10,
  SLUICE_UNSUPPORTED = 11, /* a valid wish that this plugin or this server cannot fulfil */
  SLUICE_INTERNAL = 12     /* a bug in the plugin */
};

/* Flags of an error. */
#define SLUICE_RETRYABLE 1u       /* the same call may succeed later */
#define SLUICE_OUTCOME_UNKNOWN 2u /* commit only: the records may or may not be there; ask `committed` */

#define SLUICE_MESSAGE_SIZE 2048

/* Allocated by the caller, owns nothing. The callee fills it when it answers anything but SLUICE_OK. */
typedef struct SluiceError {
  uint32_t struct_size;
  SluiceStatus code;
  uint32_t flags;
  char sqlstate[8];    /* "" when there is none */
  int64_t vendor_code; /* the store's own error number, 0 when there is none */
  char message[SLUICE_MESSAGE_SIZE]; /* UTF-8, NUL-terminated: what, where, why and the way out */
} SluiceError;

/* ---- Parameters ---------------------------------------------------------------------------------- */

/* Types of a parameter: a mask, for "string or array" and the like. A scalar given where SLUICE_ARRAY is
 * allowed reaches the plugin as an array of one element. */
#define SLUICE_STRING 1u
#define SLUICE_INTEGER 2u
#define SLUICE_NUMBER 4u
#define SLUICE_BOOLEAN 8u
#define SLUICE_BYTES 16u    /* 1048576, "4MiB", "64k": reaches the plugin as an integer, in bytes */
#define SLUICE_DURATION 32u /* 30 (seconds), "5s", "10min", "250ms": reaches the plugin as an integer, in milliseconds */
#define SLUICE_OBJECT 64u
#define SLUICE_ARRAY 128u

#define SLUICE_REQUIRED 1u
#define SLUICE_SECRET 2u        /* may hold a secret reference; never printed, logged or stored */
#define SLUICE_DEPRECATED 4u    /* still honoured; `advice` says what to use instead */
#define SLUICE_IGNORED 8u       /* known, accepted, and without meaning here */
#define SLUICE_UNIMPLEMENTED 16u /* known, would change the data, not implemented: an error that names it */
#define SLUICE_COLUMN_LIST 32u  /* its length is the number of columns: compared offline */
#define SLUICE_CONNECTION 64u   /* part of the store's data source form */
#define SLUICE_OPEN_OBJECT 128u /* an object whose keys are the user's own ({"column": "jsonb"}) */
#define SLUICE_SQL_TEXT 256u    /* SQL of the user's own (preSql, querySql, where) */
#define SLUICE_HAS_MINIMUM 512u
#define SLUICE_HAS_MAXIMUM 1024u
#define SLUICE_KEEP_EMPTY 2048u /* "" is a value of its own here; elsewhere it means "not set" */
#define SLUICE_REPLACES_COLUMNS 4096u /* when set, the reader does not use its column list (querySql) */
#define SLUICE_KEYWORDS 8192u /* a secret text "keyword=value;...": only values of passwords and the like are secret */

/* One parameter. Static data; `name` and `description` are set, everything else may be NULL or 0. */
typedef struct SluiceOption {
  uint32_t struct_size;
  uint32_t types;         /* mask */
  uint32_t element_types; /* mask; of the elements when `types` has SLUICE_ARRAY */
  uint32_t flags;
  const char* name;
  const char* const* aliases; /* NULL-terminated list of other spellings */
  const char* default_json;   /* JSON text, "\",\"" for a comma */
  const char* const* choices; /* NULL-terminated list; compared without case when no two differ by case only */
  double minimum;
  double maximum;
  const char* description;
  const char* example; /* JSON text: used by templates */
  const char* advice;  /* for deprecated and unimplemented ones: the way out */
  /* NULL-terminated list: the keys of an object, or of the objects in an array. */
  const struct SluiceOption* const* children;
} SluiceOption;

/* ---- Host services -------------------------------------------------------------------------------- */

enum { SLUICE_LOG_TRACE = 0, SLUICE_LOG_DEBUG = 1, SLUICE_LOG_INFO = 2, SLUICE_LOG_WARNING = 3, SLUICE_LOG_ERROR = 4 };
enum { SLUICE_PROBLEM_ERROR = 0, SLUICE_PROBLEM_WARNING = 1 };

/* Purpose of an instance: `flags` of a context. */
#define SLUICE_OFFLINE 1u    /* make no connection, open no file of the job */
#define SLUICE_CHECK_ONLY 2u /* change nothing: `prepare` and tasks will not follow */
#define SLUICE_PRESQL 4u     /* the writer has preparation (preSql) that may create what is missing now */
#define SLUICE_RESUMABLE 8u  /* the run is kept and may be resumed */

/* What `setting.delivery` asks for, and what a writer promises. */
enum { SLUICE_DELIVERY_AUTO = 0, SLUICE_EXACTLY_ONCE = 1, SLUICE_AT_LEAST_ONCE = 2 };

/* One record that was refused.
 *
 * A writer or processor names a record of a batch that it was given: (batch ordinal, row). A reader names
 * text that never became a record: batch and row are -1, `raw` and `location` say what and where. */
typedef struct SluiceReject {
  uint32_t struct_size;
  int32_t column; /* index, -1: the record as a whole */
  int64_t batch;
  int64_t row;
  SluiceString code;     /* short and fixed, groups the kind: "conflict", "null", "parse", "too-long", "encoding" */
  SluiceString message;  /* fixed text first, values last */
  SluiceString sqlstate; /* empty when there is none */
  SluiceString raw;      /* readers: the bytes as they stand */
  SluiceString location; /* readers: "orders.csv:17" */
} SluiceReject;

/* A problem with the job, found by `open`, `describe`, `plan` or sluice.check/1. */
typedef struct SluiceProblem {
  uint32_t struct_size;
  int32_t severity;
  SluiceString path; /* inside `parameter`: "column[3]", "csvReaderConfig.escapeMode", "" for the step */
  SluiceString message;
  SluiceString advice; /* the way out; may be empty */
} SluiceProblem;

/* What the host does for a plugin. One context belongs to an instance (passed to `open`, valid until `close`
 * returned), one to each task (passed to `read` or `start`, valid until the task ended). All functions are
 * [any-thread]. */
typedef struct SluiceContext SluiceContext;
struct SluiceContext {
  uint32_t struct_size;
  uint32_t host_minor;
  void* host;           /* the host's own */
  SluiceString step;    /* name of the step in the job */
  SluiceString run_id;  /* empty outside a run */
  SluiceString split;   /* key of the split; empty for an instance */
  uint32_t attempt;     /* of the split, from 1; 0 for an instance */
  uint32_t flags;
  uint32_t lanes;       /* how many tasks the job would like to run at once */
  int32_t delivery;     /* what the job asks for */

  /* level, text without record values above SLUICE_LOG_DEBUG. */
  void (*log)(const SluiceContext*, int32_t level, SluiceString text) SLUICE_NOEXCEPT;
  /* Non-zero once the job is stopping. */
  int32_t (*is_cancelled)(const SluiceContext*) SLUICE_NOEXCEPT;
  /* Sleeps; non-zero when the job is stopping, at once. */
  int32_t (*wait)(const SluiceContext*, int64_t milliseconds) SLUICE_NOEXCEPT;

  /* The step's parameters as one JSON object: coerced, defaults filled in, aliases resolved, secrets in place. */
  SluiceString (*parameters)(const SluiceContext*) SLUICE_NOEXCEPT;
  /* By path ("csvReaderConfig.textQualifier", "column[0]"): non-zero when set and of that type.
   * A string's bytes stay valid until the instance is closed. */
  int32_t (*get_string)(const SluiceContext*, SluiceString path, SluiceString* out) SLUICE_NOEXCEPT;
  int32_t (*get_integer)(const SluiceContext*, SluiceString path, int64_t* out) SLUICE_NOEXCEPT;
  int32_t (*get_number)(const SluiceContext*, SluiceString path, double* out) SLUICE_NOEXCEPT;
  int32_t (*get_boolean)(const SluiceContext*, SluiceString path, int32_t* out) SLUICE_NOEXCEPT;
  /* Elements of the array there; 0 when there is none. */
  size_t (*get_size)(const SluiceContext*, SluiceString path) SLUICE_NOEXCEPT;

  void (*problem)(const SluiceContext*, const SluiceProblem*) SLUICE_NOEXCEPT;

  /* Tasks only: verdicts and counts. `filtered` and `added` belong to processors, `skipped` to writers. */
  void (*reject)(const SluiceContext*, const SluiceReject*) SLUICE_NOEXCEPT;
  void (*filtered)(const SluiceContext*, uint64_t records) SLUICE_NOEXCEPT;
  void (*added)(const SluiceContext*, uint64_t records) SLUICE_NOEXCEPT;
  void (*skipped)(const SluiceContext*, uint64_t records) SLUICE_NOEXCEPT;

  /* A fact for the summary ("consistent": "yes", "write path": "LOAD DATA"); the last value of a key wins. */
  void (*note)(const SluiceContext*, SluiceString key, SluiceString value) SLUICE_NOEXCEPT;
  void (*metric)(const SluiceContext*, SluiceString name, int64_t delta) SLUICE_NOEXCEPT;

  /* Room for private buffers, from the job's memory. A task that reads may wait for it; SLUICE_CANCELLED when the job
   * stops meanwhile, SLUICE_NO_MEMORY for more than there is at all. Given back by `unreserve`. */
  SluiceStatus (*reserve)(const SluiceContext*, uint64_t bytes, SluiceError*) SLUICE_NOEXCEPT;
  void (*unreserve)(const SluiceContext*, uint64_t bytes) SLUICE_NOEXCEPT;

  /* How large the next batch should be, whichever is reached first. Ask again for every batch. */
  void (*batch_target)(const SluiceContext*, uint64_t* records, uint64_t* bytes) SLUICE_NOEXCEPT;

  /* The host's extensions by id; NULL when it has none of that name. */
  const void* (*get_extension)(const SluiceContext*, const char* id) SLUICE_NOEXCEPT;
};

/* ---- Splits --------------------------------------------------------------------------------------- */

#define SLUICE_SPLIT_STABLE 1u /* reading it again yields the same records */

/* The atom of reading, writing, retry and resume. */
typedef struct SluiceSplit {
  uint32_t struct_size;
  uint32_t flags;
  SluiceString key;         /* unique in the plan and the same in every plan of the same source */
  SluiceString payload;     /* opaque to the host, no more than 64 KiB; `read` gets it back, maybe in another process */
  SluiceString label;       /* for people: "id 1..200000" */
  SluiceString fingerprint; /* of the source (file size and time); compared on resume; may be empty */
  int64_t records;          /* estimates, -1: unknown */
  int64_t bytes;
} SluiceSplit;

#define SLUICE_SAME_PROCESS 1u /* all splits will be read by this process */
#define SLUICE_WANT_CONSISTENT 2u /* one snapshot over all splits, if the store can */

typedef struct SluicePlanRequest {
  uint32_t struct_size;
  uint32_t flags;
  uint32_t lanes;
  uint32_t reserved;
  uint64_t target_records; /* a split should stay below both */
  uint64_t target_bytes;
} SluicePlanRequest;

/* Receives the splits of a plan, in the order in which they should be read. */
typedef struct SluiceSplitSink SluiceSplitSink;
struct SluiceSplitSink {
  uint32_t struct_size;
  void* host;
  void (*add)(const SluiceSplitSink*, const SluiceSplit*) SLUICE_NOEXCEPT;
};

/* ---- Reader --------------------------------------------------------------------------------------- */

/* Field metadata keys of a described schema, beside Arrow's own: */
#define SLUICE_META_NATIVE "sluice.native"     /* type in the store's words: "decimal(10,2) unsigned" */
#define SLUICE_META_LENGTH "sluice.length"     /* the most characters (utf8) or bytes (binary) */
#define SLUICE_META_KEY "sluice.key"           /* "1", "2" ...: position in the primary key */
#define SLUICE_META_TYPE "sluice.type"         /* what Arrow cannot say: "decimal", "json", "uuid", "time", "bit" ... */
#define SLUICE_META_REQUIRED "sluice.required" /* "1": NULL is refused (a writer's wanted schema) */
#define SLUICE_META_ALL "sluice.all"           /* "1": a reader's column that stands for ["*"] */
#define SLUICE_META_DEFAULT "sluice.default"   /* "1": the store fills it when it is not written */
#define SLUICE_META_PROPOSED "sluice.proposed" /* JSON: what the column list could say of this column instead of "*" */

typedef struct SluiceReader {
  uint32_t struct_size;
  uint32_t reserved;
  /* [job] Connects. Serves `check` too (SLUICE_CHECK_ONLY). `*instance` is set on success. */
  SluiceStatus (*open)(const SluiceContext*, void** instance, SluiceError*) SLUICE_NOEXCEPT;
  /* [job] The one schema of all splits (format "+s"). */
  SluiceStatus (*describe)(void* instance, struct ArrowSchema* out, SluiceError*) SLUICE_NOEXCEPT;
  /* [job] */
  SluiceStatus (*plan)(void* instance, const SluicePlanRequest*, const SluiceSplitSink*, SluiceError*) SLUICE_NOEXCEPT;
  /* [job] Starts to read one split, in an instance that may never have run `plan`. The stream is the task:
   * get_schema and get_next are [task], release ends it. The context stays valid until then. */
  SluiceStatus (*read)(void* instance, const SluiceContext* task, const SluiceSplit*, struct ArrowArrayStream* out,
                       SluiceError*) SLUICE_NOEXCEPT;
  /* [task] The whole error after get_next answered non-zero. */
  void (*read_error)(struct ArrowArrayStream*, SluiceError*) SLUICE_NOEXCEPT;
  /* [any-thread] Makes a blocked get_next return soon; may be NULL. Never called after release began. */
  void (*read_cancel)(struct ArrowArrayStream*) SLUICE_NOEXCEPT;
  /* [any-thread] Makes blocked [job] calls return soon; may be NULL. */
  void (*cancel)(void* instance) SLUICE_NOEXCEPT;
  /* [job] */
  void (*close)(void* instance) SLUICE_NOEXCEPT;
} SluiceReader;

/* ---- Writer --------------------------------------------------------------------------------------- */

#define SLUICE_TARGET_MISSING 1u /* the target is not there yet; the host describes again after `prepare` */

/* What a writer can do on this target. Allocated by the host, zeroed. */
typedef struct SluiceOffer {
  uint32_t struct_size;
  uint32_t flags;
  int32_t delivery;   /* the best promise: SLUICE_EXACTLY_ONCE or SLUICE_AT_LEAST_ONCE */
  uint32_t max_tasks; /* how many tasks may run at once, 0: any number */
  uint64_t doubles_on_rerun; /* non-zero: running the job again would add the same records again */
  char reason[512];   /* why this promise and not a better one */
  char ddl[1024];     /* what the writer would create in the destination for `exactly-once`, "" for nothing */
} SluiceOffer;

/* The sums of one split, known before its commit. */
typedef struct SluiceCounters {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t read, added, written, skipped, filtered, dirty, bytes;
} SluiceCounters;

enum { SLUICE_COMMITTED_NO = 0, SLUICE_COMMITTED_YES = 1, SLUICE_COMMITTED_UNKNOWN = 2 };

enum { SLUICE_PREPARE_FRESH = 0, SLUICE_PREPARE_RESUME = 1 };

typedef struct SluiceWriter {
  uint32_t struct_size;
  uint32_t reserved;
  /* [job] Connects; changes nothing. */
  SluiceStatus (*open)(const SluiceContext*, void** instance, SluiceError*) SLUICE_NOEXCEPT;
  /* [job] Given the schema that arrives, answers with the schema that it wants (same number of columns, by
   * position) and with its offer. Called again after `prepare` when the target was missing. */
  SluiceStatus (*describe)(void* instance, const struct ArrowSchema* input, struct ArrowSchema* wanted, SluiceOffer*,
                           SluiceError*) SLUICE_NOEXCEPT;
  /* [job] Once per job before the first record: preSql, truncation. Fresh or resumed. */
  SluiceStatus (*prepare)(void* instance, int32_t mode, SluiceError*) SLUICE_NOEXCEPT;
  /* [job] Is this split there? On a new connection; at any time, before `prepare` too. `token` is what the task
   * named before its commit, empty when it did not. Sets *answer, and the counters when they are known. */
  SluiceStatus (*committed)(void* instance, SluiceString split, uint32_t attempt, SluiceString token, int32_t* answer,
                            SluiceCounters* counters, SluiceError*) SLUICE_NOEXCEPT;
  /* [job] Once after the last commit of a job that succeeded: publish, postSql. Idempotent. */
  SluiceStatus (*complete)(void* instance, SluiceError*) SLUICE_NOEXCEPT;
  /* [any-thread] May be NULL. */
  void (*cancel)(void* instance) SLUICE_NOEXCEPT;
  /* [job] */
  void (*close)(void* instance) SLUICE_NOEXCEPT;

  /* [job] Starts the writing of one split, in an instance that may never have run `prepare`. */
  SluiceStatus (*start)(void* instance, const SluiceContext* task, void** out, SluiceError*) SLUICE_NOEXCEPT;
  /* [task] Takes the batch (moves it, also on failure). `ordinal` counts from 0. The rows need not be written
   * before `flush`. */
  SluiceStatus (*write)(void* task, struct ArrowArray* batch, int64_t ordinal, SluiceError*) SLUICE_NOEXCEPT;
  /* [task] Afterwards every record of every batch was accepted, skipped or rejected, and batches are let go. */
  SluiceStatus (*flush)(void* task, SluiceError*) SLUICE_NOEXCEPT;
  /* [task] After the last flush: bytes by which `committed` can find this commit (a transaction id). The host
   * keeps them durably before it commits. May be NULL. The bytes are valid until the next call on the task. */
  SluiceStatus (*commit_token)(void* task, SluiceString* out, SluiceError*) SLUICE_NOEXCEPT;
  /* [task] Makes all records of the split visible at once. Ends the task, whatever it answers. */
  SluiceStatus (*commit)(void* task, const SluiceCounters*, SluiceError*) SLUICE_NOEXCEPT;
  /* [task] Leaves nothing of the split behind. Ends the task. */
  void (*abort)(void* task) SLUICE_NOEXCEPT;
  /* [any-thread] Makes a blocked call on the task return soon; may be NULL. Never called after commit or abort began. */
  void (*cancel_task)(void* task) SLUICE_NOEXCEPT;
} SluiceWriter;

/* ---- Processor ------------------------------------------------------------------------------------- */

typedef struct SluiceProcessor {
  uint32_t struct_size;
  uint32_t reserved;
  /* [job] */
  SluiceStatus (*open)(const SluiceContext*, void** instance, SluiceError*) SLUICE_NOEXCEPT;
  /* [job] Output schema for the given input schema. */
  SluiceStatus (*describe)(void* instance, const struct ArrowSchema* input, struct ArrowSchema* out, SluiceError*) SLUICE_NOEXCEPT;
  /* [job] */
  void (*close)(void* instance) SLUICE_NOEXCEPT;
  /* [job] */
  SluiceStatus (*start)(void* instance, const SluiceContext* task, void** out, SluiceError*) SLUICE_NOEXCEPT;
  /* [task] Takes `in`. Leaves `out->release` NULL when there is nothing to pass on yet. Every record of `in` is passed
   * on, or counted by filtered() or reject(); records that `in` did not hold are counted by added(). */
  SluiceStatus (*process)(void* task, struct ArrowArray* in, int64_t ordinal, struct ArrowArray* out, SluiceError*) SLUICE_NOEXCEPT;
  /* [task] What is left, a batch a call, until `out->release` stays NULL. May be NULL. */
  SluiceStatus (*finish)(void* task, struct ArrowArray* out, SluiceError*) SLUICE_NOEXCEPT;
  /* [task] Ends the task, after finish or instead of it. */
  void (*end)(void* task) SLUICE_NOEXCEPT;
} SluiceProcessor;

/* ---- Plugins and the entry ------------------------------------------------------------------------ */

enum { SLUICE_KIND_READER = 1, SLUICE_KIND_WRITER = 2, SLUICE_KIND_PROCESSOR = 3 };

/* Static data. Exactly one of reader, writer and processor is set, by kind. */
typedef struct SluicePlugin {
  uint32_t struct_size;
  int32_t kind;
  const char* name;           /* the stepType: "sqlite" */
  const char* const* aliases; /* NULL-terminated list; may be NULL */
  const char* version;        /* of the plugin: "1.4.0" */
  const char* description;    /* one line */
  const SluiceOption* const* options; /* NULL-terminated list */
  const SluiceReader* reader;
  const SluiceWriter* writer;
  const SluiceProcessor* processor;
  /* [any-thread] The plugin's extensions by id; may be NULL. */
  const void* (*get_extension)(const char* id) SLUICE_NOEXCEPT;
} SluicePlugin;

/* Static data. */
typedef struct SluicePluginFile {
  uint32_t struct_size;
  uint32_t abi_major;
  uint32_t abi_minor;           /* the header that the file was built with */
  uint32_t requires_host_minor; /* the oldest host that it can work with */
  const SluicePlugin* const* plugins; /* NULL-terminated list */
} SluicePluginFile;

/* The one exported symbol of a plugin file. No side effects; static data. */
typedef const SluicePluginFile* (*SluiceEntryFunction)(uint32_t host_minor) SLUICE_NOEXCEPT;

#if defined(_WIN32)
#define SLUICE_EXPORT __declspec(dllexport)
#else
#define SLUICE_EXPORT __attribute__((visibility("default")))
#endif

SLUICE_EXPORT const SluicePluginFile* SLUICE_PLUGIN_ENTRY(uint32_t host_minor) SLUICE_NOEXCEPT;

/* ---- Extensions of plugins ------------------------------------------------------------------------ */

/* Cross-field rules of the parameters; no connection. Every problem goes through context->problem. */
#define SLUICE_EXT_CHECK "sluice.check/1"
typedef struct SluiceCheck {
  uint32_t struct_size;
  uint32_t reserved;
  SluiceStatus (*check)(const SluiceContext*, SluiceError*) SLUICE_NOEXCEPT;
} SluiceCheck;

/* The exact statements that a run would execute: `emit(sink, phase, split key or empty, statement)`;
 * phases "prepare", "read", "write", "complete". On an instance that was opened and described. */
#define SLUICE_EXT_EXPLAIN "sluice.explain/1"
typedef struct SluiceTextSink SluiceTextSink;
struct SluiceTextSink {
  uint32_t struct_size;
  void* host;
  void (*emit)(const SluiceTextSink*, SluiceString what, SluiceString subject, SluiceString text) SLUICE_NOEXCEPT;
};
typedef struct SluiceExplain {
  uint32_t struct_size;
  uint32_t reserved;
  /* Readers: called once per split; writers: once, with NULL. */
  SluiceStatus (*explain)(void* instance, const SluiceSplit* split, const SluiceTextSink*, SluiceError*) SLUICE_NOEXCEPT;
} SluiceExplain;

/* A connection test in named steps: `emit(sink, step, "ok" | "failed" | "skipped", detail)`. Needs no open instance. */
#define SLUICE_EXT_PING "sluice.ping/1"
typedef struct SluicePing {
  uint32_t struct_size;
  uint32_t reserved;
  SluiceStatus (*ping)(const SluiceContext*, const SluiceTextSink*, SluiceError*) SLUICE_NOEXCEPT;
} SluicePing;

/* CREATE TABLE for a schema: `emit(sink, "create table", table, statement)`; then for each column, in their order,
 * ("type", column, its type in the store's words), where needed ("remark", column, what of its values is not kept), and
 * ("wants", column, Arrow format) where `describe` will want another type of values than the one that arrives. */
#define SLUICE_EXT_DDL "sluice.ddl/1"
typedef struct SluiceDdl {
  uint32_t struct_size;
  uint32_t reserved;
  /* Writers: the statement that creates the job's target for records of this schema. */
  SluiceStatus (*create_table)(void* instance, const struct ArrowSchema* input, const SluiceTextSink*, SluiceError*) SLUICE_NOEXCEPT;
  /* Writers: executes it. */
  SluiceStatus (*execute)(void* instance, SluiceString statement, SluiceError*) SLUICE_NOEXCEPT;
} SluiceDdl;

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_PLUGIN_H */
