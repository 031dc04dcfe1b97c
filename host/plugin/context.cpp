// SPDX-License-Identifier: Apache-2.0
#include "plugin/context.hpp"

#include <algorithm>

#include "plugin/sized.hpp"
#include "plugin/text.hpp"

namespace sluice::plugin {
namespace {

// The functions of the table. A plugin may pass nonsense: NULL is nothing, texts are made valid.

constexpr std::size_t max_log_text = 8192;

Context& self(const SluiceContext* context) { return *static_cast<Context*>(context->host); }
Services& services(const SluiceContext* context) { return self(context).services(); }

void log(const SluiceContext* context, std::int32_t level, SluiceString text) noexcept {
  const auto known = std::clamp<std::int32_t>(level, SLUICE_LOG_TRACE, SLUICE_LOG_ERROR);
  services(context).log(static_cast<LogLevel>(known), clean_text(view(text), max_log_text));
}

std::int32_t is_cancelled(const SluiceContext* context) noexcept { return services(context).is_cancelled() ? 1 : 0; }

std::int32_t wait(const SluiceContext* context, std::int64_t milliseconds) noexcept {
  constexpr std::int64_t day = 86'400'000;
  const std::chrono::milliseconds time(std::clamp<std::int64_t>(milliseconds, 0, day));
  return services(context).wait(time) ? 1 : 0;
}

SluiceString parameters(const SluiceContext* context) noexcept { return borrow(self(context).parameters().text()); }

std::int32_t get_string(const SluiceContext* context, SluiceString path, SluiceString* out) noexcept {
  const auto value = self(context).parameters().string(view(path));
  if (value && out != nullptr) *out = borrow(*value);
  return value ? 1 : 0;
}

std::int32_t get_integer(const SluiceContext* context, SluiceString path, std::int64_t* out) noexcept {
  const auto value = self(context).parameters().integer(view(path));
  if (value && out != nullptr) *out = *value;
  return value ? 1 : 0;
}

std::int32_t get_number(const SluiceContext* context, SluiceString path, double* out) noexcept {
  const auto value = self(context).parameters().number(view(path));
  if (value && out != nullptr) *out = *value;
  return value ? 1 : 0;
}

std::int32_t get_boolean(const SluiceContext* context, SluiceString path, std::int32_t* out) noexcept {
  const auto value = self(context).parameters().boolean(view(path));
  if (value && out != nullptr) *out = *value ? 1 : 0;
  return value ? 1 : 0;
}

std::size_t get_size(const SluiceContext* context, SluiceString path) noexcept {
  return self(context).parameters().size(view(path));
}

void problem(const SluiceContext* context, const SluiceProblem* theirs) noexcept {
  if (theirs == nullptr) return;
  const SluiceProblem raw = sized_copy(theirs);
  const std::string path = clean_text(view(raw.path)), message = clean_text(view(raw.message)),
                    advice = clean_text(view(raw.advice));
  services(context).problem({raw.severity == SLUICE_PROBLEM_WARNING, path, message, advice});
}

void reject(const SluiceContext* context, const SluiceReject* theirs) noexcept {
  if (theirs == nullptr) return;
  const SluiceReject raw = sized_copy(theirs);
  const std::string code = clean_text(view(raw.code), 64), message = clean_text(view(raw.message)),
                    sqlstate = clean_text(view(raw.sqlstate), 8), location = clean_text(view(raw.location));
  services(context).reject({.batch = raw.batch,
                            .row = raw.row,
                            .column = raw.column,
                            .code = code,
                            .message = message,
                            .sqlstate = sqlstate,
                            .raw = view(raw.raw),
                            .location = location});
}

void filtered(const SluiceContext* context, std::uint64_t records) noexcept { services(context).filtered(records); }
void added(const SluiceContext* context, std::uint64_t records) noexcept { services(context).added(records); }
void skipped(const SluiceContext* context, std::uint64_t records) noexcept { services(context).skipped(records); }

void note(const SluiceContext* context, SluiceString key, SluiceString value) noexcept {
  services(context).note(clean_text(view(key), 256), clean_text(view(value)));
}

void metric(const SluiceContext* context, SluiceString name, std::int64_t delta) noexcept {
  services(context).metric(clean_text(view(name), 256), delta);
}

SluiceStatus reserve(const SluiceContext* context, std::uint64_t bytes, SluiceError* error) noexcept {
  const auto answer = services(context).reserve(bytes);
  if (answer) return SLUICE_OK;
  write_failure(answer.error(), error);
  return answer.error().code;
}

void unreserve(const SluiceContext* context, std::uint64_t bytes) noexcept { services(context).unreserve(bytes); }

void batch_target(const SluiceContext* context, std::uint64_t* records, std::uint64_t* bytes) noexcept {
  const BatchTarget target = services(context).batch_target();
  if (records != nullptr) *records = target.records;
  if (bytes != nullptr) *bytes = target.bytes;
}

const void* get_extension(const SluiceContext* context, const char* id) noexcept {
  return id == nullptr ? nullptr : services(context).extension(id);
}

}  // namespace

Context::Context(Services& services, Identity identity, std::shared_ptr<const Parameters> parameters)
    : services_(services),
      identity_(std::move(identity)),
      parameters_(std::move(parameters)),
      raw_{.struct_size = sizeof(SluiceContext),
           .host_minor = SLUICE_ABI_MINOR,
           .host = this,
           .step = borrow(identity_.step),
           .run_id = borrow(identity_.run_id),
           .split = borrow(identity_.split),
           .attempt = identity_.attempt,
           .flags = identity_.flags,
           .lanes = identity_.lanes,
           .delivery = identity_.delivery,
           .log = plugin::log,
           .is_cancelled = plugin::is_cancelled,
           .wait = plugin::wait,
           .parameters = plugin::parameters,
           .get_string = plugin::get_string,
           .get_integer = plugin::get_integer,
           .get_number = plugin::get_number,
           .get_boolean = plugin::get_boolean,
           .get_size = plugin::get_size,
           .problem = plugin::problem,
           .reject = plugin::reject,
           .filtered = plugin::filtered,
           .added = plugin::added,
           .skipped = plugin::skipped,
           .note = plugin::note,
           .metric = plugin::metric,
           .reserve = plugin::reserve,
           .unreserve = plugin::unreserve,
           .batch_target = plugin::batch_target,
           .get_extension = plugin::get_extension} {}

}  // namespace sluice::plugin
