/* SPDX-License-Identifier: Apache-2.0
 *
 * Where every field stands on a 64-bit Linux (LP64): what plugins that are out in the world rely on. A line here never
 * changes once the interface is frozen; new fields add lines at the end of their struct (and change its SIZE).
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <assert.h>
#include <sluice/forget.h>
#include <sluice/plugin.h>
#include <sluice/readback.h>
#include <stddef.h>

#define SIZE(type, bytes) static_assert(sizeof(type) == (bytes), "the size of " #type " has changed")
#define OFFSET(type, field, bytes) static_assert(offsetof(type, field) == (bytes), #type "." #field " has moved")

SIZE(void*, 8);
SIZE(size_t, 8);

SIZE(struct ArrowSchema, 72);
OFFSET(struct ArrowSchema, format, 0);
OFFSET(struct ArrowSchema, name, 8);
OFFSET(struct ArrowSchema, metadata, 16);
OFFSET(struct ArrowSchema, flags, 24);
OFFSET(struct ArrowSchema, n_children, 32);
OFFSET(struct ArrowSchema, children, 40);
OFFSET(struct ArrowSchema, dictionary, 48);
OFFSET(struct ArrowSchema, release, 56);
OFFSET(struct ArrowSchema, private_data, 64);

SIZE(struct ArrowArray, 80);
OFFSET(struct ArrowArray, length, 0);
OFFSET(struct ArrowArray, null_count, 8);
OFFSET(struct ArrowArray, offset, 16);
OFFSET(struct ArrowArray, n_buffers, 24);
OFFSET(struct ArrowArray, n_children, 32);
OFFSET(struct ArrowArray, buffers, 40);
OFFSET(struct ArrowArray, children, 48);
OFFSET(struct ArrowArray, dictionary, 56);
OFFSET(struct ArrowArray, release, 64);
OFFSET(struct ArrowArray, private_data, 72);

SIZE(struct ArrowArrayStream, 40);
OFFSET(struct ArrowArrayStream, get_schema, 0);
OFFSET(struct ArrowArrayStream, get_next, 8);
OFFSET(struct ArrowArrayStream, get_last_error, 16);
OFFSET(struct ArrowArrayStream, release, 24);
OFFSET(struct ArrowArrayStream, private_data, 32);

SIZE(SluiceString, 16);
OFFSET(SluiceString, data, 0);
OFFSET(SluiceString, size, 8);

SIZE(SluiceError, 2080);
OFFSET(SluiceError, struct_size, 0);
OFFSET(SluiceError, code, 4);
OFFSET(SluiceError, flags, 8);
OFFSET(SluiceError, sqlstate, 12);
OFFSET(SluiceError, vendor_code, 24);
OFFSET(SluiceError, message, 32);

SIZE(SluiceOption, 96);
OFFSET(SluiceOption, struct_size, 0);
OFFSET(SluiceOption, types, 4);
OFFSET(SluiceOption, element_types, 8);
OFFSET(SluiceOption, flags, 12);
OFFSET(SluiceOption, name, 16);
OFFSET(SluiceOption, aliases, 24);
OFFSET(SluiceOption, default_json, 32);
OFFSET(SluiceOption, choices, 40);
OFFSET(SluiceOption, minimum, 48);
OFFSET(SluiceOption, maximum, 56);
OFFSET(SluiceOption, description, 64);
OFFSET(SluiceOption, example, 72);
OFFSET(SluiceOption, advice, 80);
OFFSET(SluiceOption, children, 88);

SIZE(SluiceReject, 104);
OFFSET(SluiceReject, struct_size, 0);
OFFSET(SluiceReject, column, 4);
OFFSET(SluiceReject, batch, 8);
OFFSET(SluiceReject, row, 16);
OFFSET(SluiceReject, code, 24);
OFFSET(SluiceReject, message, 40);
OFFSET(SluiceReject, sqlstate, 56);
OFFSET(SluiceReject, raw, 72);
OFFSET(SluiceReject, location, 88);

SIZE(SluiceProblem, 56);
OFFSET(SluiceProblem, struct_size, 0);
OFFSET(SluiceProblem, severity, 4);
OFFSET(SluiceProblem, path, 8);
OFFSET(SluiceProblem, message, 24);
OFFSET(SluiceProblem, advice, 40);

SIZE(SluiceContext, 240);
OFFSET(SluiceContext, struct_size, 0);
OFFSET(SluiceContext, host_minor, 4);
OFFSET(SluiceContext, host, 8);
OFFSET(SluiceContext, step, 16);
OFFSET(SluiceContext, run_id, 32);
OFFSET(SluiceContext, split, 48);
OFFSET(SluiceContext, attempt, 64);
OFFSET(SluiceContext, flags, 68);
OFFSET(SluiceContext, lanes, 72);
OFFSET(SluiceContext, delivery, 76);
OFFSET(SluiceContext, log, 80);
OFFSET(SluiceContext, is_cancelled, 88);
OFFSET(SluiceContext, wait, 96);
OFFSET(SluiceContext, parameters, 104);
OFFSET(SluiceContext, get_string, 112);
OFFSET(SluiceContext, get_integer, 120);
OFFSET(SluiceContext, get_number, 128);
OFFSET(SluiceContext, get_boolean, 136);
OFFSET(SluiceContext, get_size, 144);
OFFSET(SluiceContext, problem, 152);
OFFSET(SluiceContext, reject, 160);
OFFSET(SluiceContext, filtered, 168);
OFFSET(SluiceContext, added, 176);
OFFSET(SluiceContext, skipped, 184);
OFFSET(SluiceContext, note, 192);
OFFSET(SluiceContext, metric, 200);
OFFSET(SluiceContext, reserve, 208);
OFFSET(SluiceContext, unreserve, 216);
OFFSET(SluiceContext, batch_target, 224);
OFFSET(SluiceContext, get_extension, 232);

SIZE(SluiceSplit, 88);
OFFSET(SluiceSplit, struct_size, 0);
OFFSET(SluiceSplit, flags, 4);
OFFSET(SluiceSplit, key, 8);
OFFSET(SluiceSplit, payload, 24);
OFFSET(SluiceSplit, label, 40);
OFFSET(SluiceSplit, fingerprint, 56);
OFFSET(SluiceSplit, records, 72);
OFFSET(SluiceSplit, bytes, 80);

SIZE(SluicePlanRequest, 32);
OFFSET(SluicePlanRequest, struct_size, 0);
OFFSET(SluicePlanRequest, flags, 4);
OFFSET(SluicePlanRequest, lanes, 8);
OFFSET(SluicePlanRequest, reserved, 12);
OFFSET(SluicePlanRequest, target_records, 16);
OFFSET(SluicePlanRequest, target_bytes, 24);

SIZE(SluiceSplitSink, 24);
OFFSET(SluiceSplitSink, struct_size, 0);
OFFSET(SluiceSplitSink, host, 8);
OFFSET(SluiceSplitSink, add, 16);

SIZE(SluiceReader, 72);
OFFSET(SluiceReader, struct_size, 0);
OFFSET(SluiceReader, reserved, 4);
OFFSET(SluiceReader, open, 8);
OFFSET(SluiceReader, describe, 16);
OFFSET(SluiceReader, plan, 24);
OFFSET(SluiceReader, read, 32);
OFFSET(SluiceReader, read_error, 40);
OFFSET(SluiceReader, read_cancel, 48);
OFFSET(SluiceReader, cancel, 56);
OFFSET(SluiceReader, close, 64);

SIZE(SluiceOffer, 1560);
OFFSET(SluiceOffer, struct_size, 0);
OFFSET(SluiceOffer, flags, 4);
OFFSET(SluiceOffer, delivery, 8);
OFFSET(SluiceOffer, max_tasks, 12);
OFFSET(SluiceOffer, doubles_on_rerun, 16);
OFFSET(SluiceOffer, reason, 24);
OFFSET(SluiceOffer, ddl, 536);

SIZE(SluiceCounters, 64);
OFFSET(SluiceCounters, struct_size, 0);
OFFSET(SluiceCounters, reserved, 4);
OFFSET(SluiceCounters, read, 8);
OFFSET(SluiceCounters, added, 16);
OFFSET(SluiceCounters, written, 24);
OFFSET(SluiceCounters, skipped, 32);
OFFSET(SluiceCounters, filtered, 40);
OFFSET(SluiceCounters, dirty, 48);
OFFSET(SluiceCounters, bytes, 56);

SIZE(SluiceWriter, 120);
OFFSET(SluiceWriter, struct_size, 0);
OFFSET(SluiceWriter, reserved, 4);
OFFSET(SluiceWriter, open, 8);
OFFSET(SluiceWriter, describe, 16);
OFFSET(SluiceWriter, prepare, 24);
OFFSET(SluiceWriter, committed, 32);
OFFSET(SluiceWriter, complete, 40);
OFFSET(SluiceWriter, cancel, 48);
OFFSET(SluiceWriter, close, 56);
OFFSET(SluiceWriter, start, 64);
OFFSET(SluiceWriter, write, 72);
OFFSET(SluiceWriter, flush, 80);
OFFSET(SluiceWriter, commit_token, 88);
OFFSET(SluiceWriter, commit, 96);
OFFSET(SluiceWriter, abort, 104);
OFFSET(SluiceWriter, cancel_task, 112);

SIZE(SluiceProcessor, 64);
OFFSET(SluiceProcessor, struct_size, 0);
OFFSET(SluiceProcessor, reserved, 4);
OFFSET(SluiceProcessor, open, 8);
OFFSET(SluiceProcessor, describe, 16);
OFFSET(SluiceProcessor, close, 24);
OFFSET(SluiceProcessor, start, 32);
OFFSET(SluiceProcessor, process, 40);
OFFSET(SluiceProcessor, finish, 48);
OFFSET(SluiceProcessor, end, 56);

SIZE(SluicePlugin, 80);
OFFSET(SluicePlugin, struct_size, 0);
OFFSET(SluicePlugin, kind, 4);
OFFSET(SluicePlugin, name, 8);
OFFSET(SluicePlugin, aliases, 16);
OFFSET(SluicePlugin, version, 24);
OFFSET(SluicePlugin, description, 32);
OFFSET(SluicePlugin, options, 40);
OFFSET(SluicePlugin, reader, 48);
OFFSET(SluicePlugin, writer, 56);
OFFSET(SluicePlugin, processor, 64);
OFFSET(SluicePlugin, get_extension, 72);

SIZE(SluicePluginFile, 24);
OFFSET(SluicePluginFile, struct_size, 0);
OFFSET(SluicePluginFile, abi_major, 4);
OFFSET(SluicePluginFile, abi_minor, 8);
OFFSET(SluicePluginFile, requires_host_minor, 12);
OFFSET(SluicePluginFile, plugins, 16);

SIZE(SluiceCheck, 16);
OFFSET(SluiceCheck, struct_size, 0);
OFFSET(SluiceCheck, reserved, 4);
OFFSET(SluiceCheck, check, 8);

SIZE(SluiceTextSink, 24);
OFFSET(SluiceTextSink, struct_size, 0);
OFFSET(SluiceTextSink, host, 8);
OFFSET(SluiceTextSink, emit, 16);

SIZE(SluiceExplain, 16);
OFFSET(SluiceExplain, struct_size, 0);
OFFSET(SluiceExplain, reserved, 4);
OFFSET(SluiceExplain, explain, 8);

SIZE(SluicePing, 16);
OFFSET(SluicePing, struct_size, 0);
OFFSET(SluicePing, reserved, 4);
OFFSET(SluicePing, ping, 8);

SIZE(SluiceDdl, 24);
OFFSET(SluiceDdl, struct_size, 0);
OFFSET(SluiceDdl, reserved, 4);
OFFSET(SluiceDdl, create_table, 8);
OFFSET(SluiceDdl, execute, 16);

SIZE(SluiceReadback, 16);
OFFSET(SluiceReadback, struct_size, 0);
OFFSET(SluiceReadback, reserved, 4);
OFFSET(SluiceReadback, readback, 8);
SIZE(SluiceForget, 16);
OFFSET(SluiceForget, struct_size, 0);
OFFSET(SluiceForget, reserved, 4);
OFFSET(SluiceForget, forget, 8);

#undef SIZE
#undef OFFSET

#endif /* LAYOUT_H */
