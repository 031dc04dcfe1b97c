// SPDX-License-Identifier: Apache-2.0
#include "sqlite/read_all.hpp"

#include "sluice/batch_view.hpp"
#include "sqlite/decimal_text.hpp"
#include "sql/time_text.hpp"

namespace sluice::tests {

namespace {

struct Sink {
  SluiceSplitSink raw{sizeof(SluiceSplitSink), this,
                      [](const SluiceSplitSink* sink, const SluiceSplit* split) noexcept {
                        static_cast<Sink*>(sink->host)->splits.push_back(detail::split_of(*split));
                      }};
  std::vector<Split> splits;
};

}  // namespace

std::string text_of(const ColumnView& view, int64_t row) {
  if (view.is_null(row)) return "NULL";
  char out[64];
  switch (view.type().id) {
    case TypeId::boolean:
      return view.boolean(row) ? "true" : "false";
    case TypeId::int64:
      return std::to_string(view.value<int64_t>(row));
    case TypeId::float64:
      return std::string(sqlite::write_double(view.value<double>(row), out, sizeof out));
    case TypeId::decimal128:
      return {out, sql::write_decimal(view.value<sql::Int128>(row), view.type().scale, out)};
    case TypeId::date32:
      return {out, sql::write_date(view.value<int32_t>(row), out)};
    case TypeId::time64_us:
      return {out, sql::write_time(view.value<int64_t>(row), out)};
    case TypeId::timestamp_us:
      return {out, sql::write_timestamp(view.value<int64_t>(row), view.type().utc, out)};
    default:
      return std::string(view.text(row));
  }
}

std::vector<Split> plan_of(Reader& reader, const ReadRequest& request) {
  Sink sink;
  SluicePlanRequest raw{sizeof(SluicePlanRequest), SLUICE_SAME_PROCESS, request.lanes, 0,
                        request.records,           request.bytes};
  if (request.consistent) raw.flags |= SLUICE_WANT_CONSISTENT;
  reader.plan(raw, SplitSink(&sink.raw));
  return sink.splits;
}

ReadResult read_all(FakeContext& context, const ReadRequest& request) {
  sqlite::SqliteReader reader(context.context());
  ReadResult result{reader.describe(), plan_of(reader, request), {}};
  for (const auto& split : result.splits) {
    const auto task = reader.read(context.context(), split);
    for (ArrowArray array{}; task->next(&array); array = {}) {
      const Batch batch(&array);
      for (int64_t row = 0; row < batch.size(); ++row) {
        std::string text;
        for (size_t i = 0; i < batch.columns(); ++i)
          text += (i == 0 ? "" : "|") + text_of(batch.column(i, result.schema[i].type), row);
        result.rows.push_back(text);
      }
    }
  }
  return result;
}

}  // namespace sluice::tests
