/* SPDX-License-Identifier: Apache-2.0
 *
 * The smallest whole writer in C: one file a split in `directory`, one line a record, values between tabs. A file
 * appears under its name when its split is committed, never before, so the names say what is there: exactly once.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sluice/plugin.h"

#define PATH_SIZE 1024

typedef struct {
  char directory[PATH_SIZE - 300];
} Lines;

typedef struct {
  FILE* file;
  char part[PATH_SIZE]; /* while it is written */
  char name[PATH_SIZE]; /* once it is committed */
} LinesTask;

static SluiceStatus fail(SluiceError* error, SluiceStatus code, const char* what, const char* value) {
  error->code = code;
  snprintf(error->message, sizeof error->message, "%s: %s", what, value);
  return code;
}

static SluiceStatus fail_io(SluiceError* error, const char* path) {
  char text[PATH_SIZE + 128];
  snprintf(text, sizeof text, "%s (%s)", path, strerror(errno));
  return fail(error, SLUICE_IO, "cannot write", text);
}

/* ---- Instance ---- */

static SluiceStatus open_lines(const SluiceContext* context, void** instance, SluiceError* error) {
  const SluiceString path = {"directory", strlen("directory")};
  SluiceString directory;
  if (!context->get_string(context, path, &directory)) return fail(error, SLUICE_INVALID, "not set", "directory");
  Lines* lines = calloc(1, sizeof *lines);
  if (lines == NULL) return fail(error, SLUICE_NO_MEMORY, "out of memory", "lines");
  if (directory.size >= sizeof lines->directory) {
    free(lines);
    return fail(error, SLUICE_INVALID, "the path is too long", "directory");
  }
  memcpy(lines->directory, directory.data, directory.size);
  *instance = lines;
  return SLUICE_OK;
}

static void close_lines(void* instance) { free(instance); }

static void release_schema(struct ArrowSchema* schema) {
  for (int64_t i = 0; i < schema->n_children; ++i) {
    free((void*)schema->children[i]->name);
    free(schema->children[i]);
  }
  free(schema->children);
  schema->release = NULL;
}

static void release_child(struct ArrowSchema* schema) { schema->release = NULL; } /* freed with its parent */

/* Wants text in every column: the host casts whatever arrives. */
static SluiceStatus describe_lines(void* instance, const struct ArrowSchema* input, struct ArrowSchema* wanted,
                                   SluiceOffer* offer, SluiceError* error) {
  (void)instance;
  *wanted = (struct ArrowSchema){.format = "+s", .name = "", .release = release_schema};
  wanted->children = calloc((size_t)input->n_children + 1, sizeof *wanted->children);
  for (int64_t i = 0; wanted->children != NULL && i < input->n_children; ++i) {
    struct ArrowSchema* child = calloc(1, sizeof *child);
    char* name = strdup(input->children[i]->name);
    if (child == NULL || name == NULL) {
      free(child);
      free(name);
      break;
    }
    *child = (struct ArrowSchema){.format = "u", .name = name, .flags = ARROW_FLAG_NULLABLE, .release = release_child};
    wanted->children[wanted->n_children++] = child;
  }
  if (wanted->n_children != input->n_children) {
    release_schema(wanted);
    return fail(error, SLUICE_NO_MEMORY, "out of memory", "the columns");
  }
  offer->delivery = SLUICE_EXACTLY_ONCE;
  snprintf(offer->reason, sizeof offer->reason, "a split's file has its name only once it is whole");
  return SLUICE_OK;
}

static SluiceStatus prepare_lines(void* instance, int32_t mode, SluiceError* error) {
  const Lines* lines = instance;
  (void)mode;
  if (mkdir(lines->directory, 0777) != 0 && errno != EEXIST) return fail_io(error, lines->directory);
  return SLUICE_OK;
}

/* Keys of splits may hold any character: file names do not. */
static void split_path(char* out, const Lines* lines, SluiceString split, const char* suffix) {
  char name[200] = "";
  for (size_t i = 0; i < split.size && i < sizeof name - 1; ++i) {
    const char c = split.data[i];
    name[i] = c == '/' || (unsigned char)c < 32 ? '_' : c;
  }
  snprintf(out, PATH_SIZE, "%s/%s%s", lines->directory, name, suffix);
}

static SluiceStatus committed_lines(void* instance, SluiceString split, uint32_t attempt, SluiceString token,
                                    int32_t* answer, SluiceCounters* counters, SluiceError* error) {
  char path[PATH_SIZE];
  (void)attempt, (void)token, (void)counters, (void)error;
  split_path(path, instance, split, ".txt");
  *answer = access(path, F_OK) == 0 ? SLUICE_COMMITTED_YES : SLUICE_COMMITTED_NO;
  return SLUICE_OK;
}

static SluiceStatus complete_lines(void* instance, SluiceError* error) {
  (void)instance, (void)error;
  return SLUICE_OK;
}

/* ---- Task ---- */

static void abort_task(void* opaque) {
  LinesTask* task = opaque;
  if (task->file != NULL) fclose(task->file);
  unlink(task->part);
  free(task);
}

static SluiceStatus start_task(void* instance, const SluiceContext* context, void** out, SluiceError* error) {
  LinesTask* task = calloc(1, sizeof *task);
  if (task == NULL) return fail(error, SLUICE_NO_MEMORY, "out of memory", "a task");
  split_path(task->part, instance, context->split, ".part");
  split_path(task->name, instance, context->split, ".txt");
  task->file = fopen(task->part, "w");
  if (task->file == NULL) {
    const SluiceStatus status = fail_io(error, task->part);
    free(task);
    return status;
  }
  *out = task;
  return SLUICE_OK;
}

static int is_null(const struct ArrowArray* column, int64_t row) {
  const uint8_t* validity = column->buffers[0];
  return validity != NULL && column->null_count != 0 && (validity[row / 8] >> (row % 8) & 1) == 0;
}

static void write_row(FILE* file, const struct ArrowArray* batch, int64_t row) {
  for (int64_t i = 0; i < batch->n_children; ++i) {
    const struct ArrowArray* column = batch->children[i];
    const int32_t* offsets = column->buffers[1];
    const char* values = column->buffers[2];
    if (i != 0) fputc('\t', file);
    if (!is_null(column, row)) fwrite(values + offsets[row], 1, (size_t)(offsets[row + 1] - offsets[row]), file);
  }
  fputc('\n', file);
}

static SluiceStatus write_task(void* opaque, struct ArrowArray* batch, int64_t ordinal, SluiceError* error) {
  LinesTask* task = opaque;
  (void)ordinal;
  for (int64_t row = 0; row < batch->length; ++row) write_row(task->file, batch, row);
  batch->release(batch);
  return ferror(task->file) ? fail_io(error, task->part) : SLUICE_OK;
}

static SluiceStatus flush_task(void* opaque, SluiceError* error) {
  LinesTask* task = opaque;
  return fflush(task->file) != 0 ? fail_io(error, task->part) : SLUICE_OK;
}

static SluiceStatus commit_task(void* opaque, const SluiceCounters* counters, SluiceError* error) {
  LinesTask* task = opaque;
  SluiceStatus status = SLUICE_OK;
  (void)counters;
  if (fsync(fileno(task->file)) != 0 || rename(task->part, task->name) != 0) status = fail_io(error, task->part);
  abort_task(task); /* the part is gone when it was renamed */
  return status;
}

/* ---- Registration ---- */

static const SluiceOption directory_option = {.struct_size = sizeof(SluiceOption),
                                              .types = SLUICE_STRING,
                                              .flags = SLUICE_REQUIRED,
                                              .name = "directory",
                                              .description = "Where the files go; made when it is not there",
                                              .example = "\"out/lines\""};
static const SluiceOption* const options[] = {&directory_option, NULL};

static const SluiceWriter writer = {.struct_size = sizeof(SluiceWriter),
                                    .open = open_lines,
                                    .describe = describe_lines,
                                    .prepare = prepare_lines,
                                    .committed = committed_lines,
                                    .complete = complete_lines,
                                    .close = close_lines,
                                    .start = start_task,
                                    .write = write_task,
                                    .flush = flush_task,
                                    .commit = commit_task,
                                    .abort = abort_task};

static const SluicePlugin plugin = {.struct_size = sizeof(SluicePlugin),
                                    .kind = SLUICE_KIND_WRITER,
                                    .name = "lines",
                                    .version = "1.0.0",
                                    .description = "One file a split, one line a record",
                                    .options = options,
                                    .writer = &writer};
static const SluicePlugin* const plugins[] = {&plugin, NULL};

static const SluicePluginFile file = {.struct_size = sizeof(SluicePluginFile),
                                      .abi_major = SLUICE_ABI_MAJOR,
                                      .abi_minor = SLUICE_ABI_MINOR,
                                      .plugins = plugins};

const SluicePluginFile* SLUICE_PLUGIN_ENTRY(uint32_t host_minor) {
  (void)host_minor;
  return &file;
}
