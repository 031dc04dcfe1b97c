// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <limits>

#include "record/format.hpp"
#include "record/kernel.hpp"

namespace sluice::record {
namespace {

// Writes offsets as texts come; a text that would go beyond the offset's range is a fault and is left out.
template <class Offset>
class OffsetWriter {
 public:
  explicit OffsetWriter(const ColumnJob& job) : job_(job) {
    job.out.values.resize(static_cast<std::size_t>(job.in.rows + 1) * sizeof(Offset));
    store<Offset>(job.out.values.data(), 0, 0);
  }
  // The bytes of `row` end here.
  void end_row(std::int64_t row) {
    Buffer& bytes = job_.out.bytes;
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<Offset>::max())) {
      job_.faults.add(row, Fault::batch_full);
      bytes.resize(end_);
    }
    end_ = bytes.size();
    store(job_.out.values.data(), row + 1, static_cast<Offset>(end_));
  }

 private:
  const ColumnJob& job_;
  std::size_t end_ = 0;
};

// `put(row, out)` writes one value's text, at most max_value_text bytes.
template <class Offset, class Put>
void put_texts(const ColumnJob& job, Put put) {
  OffsetWriter<Offset> offsets(job);
  Buffer& bytes = job.out.bytes;
  bytes.reserve(static_cast<std::size_t>(job.in.rows) * 12);
  for (std::int64_t row = 0; row < job.in.rows; ++row) {
    if (!job.in.is_null(row)) {
      char* const out = reinterpret_cast<char*>(bytes.reserve(max_value_text));
      bytes.resize(bytes.size() + static_cast<std::size_t>(put(row, out) - out));
    }
    offsets.end_row(row);
  }
}

template <class T>
char* put_plain(char* out, T value) {
  if constexpr (std::integral<T>)
    return std::to_chars(out, out + max_value_text, value).ptr;
  else
    return put_float(out, value);
}

template <class Offset, class T>
void put_numbers(const ColumnJob& job) {
  put_texts<Offset>(job, [&](std::int64_t row, char* out) { return put_plain(out, job.in.at<T>(row)); });
}

template <class Offset>
void put_booleans(const ColumnJob& job) {
  put_texts<Offset>(job, [&](std::int64_t row, char* out) { return put_boolean(out, job.in.boolean(row)); });
}

template <class Offset>
void put_decimals(const ColumnJob& job) {
  const int scale = job.in.type.scale;
  if (job.in.type.id == TypeId::decimal128) {
    return put_texts<Offset>(
        job, [&](std::int64_t row, char* out) { return put_decimal(out, job.in.at<Int128>(row), scale); });
  }
  put_texts<Offset>(job,
                    [&](std::int64_t row, char* out) { return put_decimal(out, load_256(job.in.values, row), scale); });
}

template <class Offset>
void put_dates(const ColumnJob& job) {
  put_texts<Offset>(job, [&](std::int64_t row, char* out) { return put_date(out, job.in.at<std::int32_t>(row)); });
}

template <class Offset>
void put_times(const ColumnJob& job) {
  const std::int64_t unit = per_second(job.in.type.id);
  put_texts<Offset>(job,
                    [&](std::int64_t row, char* out) { return put_time(out, job.in.at<std::int64_t>(row), unit); });
}

template <class Offset>
void put_timestamps(const ColumnJob& job) {
  const std::int64_t unit = per_second(job.in.type.id);
  const bool utc = job.in.type.utc;
  put_texts<Offset>(
      job, [&](std::int64_t row, char* out) { return put_timestamp(out, job.in.at<std::int64_t>(row), unit, utc); });
}

template <class Offset>
void put_durations(const ColumnJob& job) {
  put_texts<Offset>(job, [&](std::int64_t row, char* out) { return put_duration(out, job.in.at<std::int64_t>(row)); });
}

// Texts and binaries from one width of offsets to the other.
template <class Offset>
void copy_texts(const ColumnJob& job) {
  OffsetWriter<Offset> offsets(job);
  for (std::int64_t row = 0; row < job.in.rows; ++row) {
    if (!job.in.is_null(row)) {
      const std::string_view text = job.in.text(row);
      job.out.bytes.append(text.data(), text.size());
    }
    offsets.end_row(row);
  }
}

template <class Offset>
Kernel kernel_from(const Type& from) {
  if (is_variable(from.id)) return copy_texts<Offset>;
  if (from.id == TypeId::boolean) return put_booleans<Offset>;
  if (is_decimal(from.id)) return put_decimals<Offset>;
  if (from.id == TypeId::date32) return put_dates<Offset>;
  if (is_time(from.id)) return put_times<Offset>;
  if (is_timestamp(from.id)) return put_timestamps<Offset>;
  if (from.id == TypeId::duration_us) return put_durations<Offset>;
  return visit_plain_number(from.id, []<class From>() -> Kernel { return put_numbers<Offset, From>; });
}

}  // namespace

Kernel to_text_kernel(const Type& from, const Type& to) {
  if (!is_variable(to.id) || (is_binary(to.id) && !is_variable(from.id))) return nullptr;
  return has_large_offsets(to.id) ? kernel_from<std::int64_t>(from) : kernel_from<std::int32_t>(from);
}

}  // namespace sluice::record
