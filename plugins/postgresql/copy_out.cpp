// SPDX-License-Identifier: Apache-2.0
#include "postgresql/copy_out.hpp"

#include <poll.h>

#include <chrono>
#include <thread>

#include "postgresql/byte_order.hpp"

namespace sluice::postgresql {

namespace {

constexpr std::string_view signature("PGCOPY\n\377\r\n\0", 11);
constexpr std::chrono::microseconds gathering_time(500);
constexpr size_t input_buffer = size_t{120} << 10;
constexpr size_t shortest_header = signature.size() + 8;

// Bytes before the first row.
size_t stream_header_size(std::string_view bytes) {
  if (bytes.size() < shortest_header || !bytes.starts_with(signature))
    throw bad_data("the server's COPY stream does not start as it should");
  const auto extension = load_big<uint32_t>(bytes.data() + signature.size() + 4);
  if (bytes.size() < shortest_header + extension) throw bad_data("the server's COPY stream has a broken header");
  return shortest_header + extension;
}

}  // namespace

std::string copy_statement(const std::string& select) { return "COPY (" + select + ") TO STDOUT (FORMAT binary)"; }

void widen_input(Connection& connection) {
  connection.execute("SELECT repeat(' ', " + std::to_string(input_buffer) + ")", "set the session up");
}

CopyOut::CopyOut(Connection& connection, const std::string& select, std::string doing)
    : connection_(connection), doing_(std::move(doing)) {
  const Result result = connection_.try_execute(copy_statement(select));
  if (result.status() != PGRES_COPY_OUT) throw connection_.failure(doing_, result);
}

bool CopyOut::next(CopyRow& out) {
  if (is_finished_) return false;
  char* raw = nullptr;
  const int got = wait_for_row(&raw);
  if (got < 0) {
    finish();
    return false;
  }
  out = CopyRow(raw, static_cast<size_t>(got));
  if (is_first_) out.skip(stream_header_size(out.fields()));
  is_first_ = false;
  if (out.fields().size() < 2) throw bad_data(doing_ + ": a row without its count of fields");
  const auto count = load_big<int16_t>(out.fields().data());
  if (count < 0) {
    finish();
    return false;
  }
  out.skip(2);
  return true;
}

// Bytes of the row, or less than 0 when there is none any more.
int CopyOut::wait_for_row(char** raw) {
  for (;;) {
    const int got = PQgetCopyData(connection_.native(), raw, 1);
    if (got != 0) return got;
    wait_for_input();
  }
}

// The server sends 8 KiB at a time. Who waits for each of them is woken for each, and to wake somebody is the server's
// work: so a little more may gather first.
void CopyOut::wait_for_input() {
  PGconn* native = connection_.native();
  const int64_t silence = connection_.settings().silence_milliseconds;
  pollfd watched{PQsocket(native), POLLIN, 0};
  if (poll(&watched, 1, 0) == 0) {
    std::this_thread::sleep_for(gathering_time);
    if (poll(&watched, 1, silence == 0 ? -1 : static_cast<int>(silence)) == 0)
      throw timed_out(doing_ + ": the server was silent for longer than socketTimeout (" +
                      connection_.settings().place() + ")")
          .retryable();
  }
  if (PQconsumeInput(native) == 0) throw connection_.lost(doing_);
}

void CopyOut::finish() {
  is_finished_ = true;
  char* rest = nullptr;
  while (PQgetCopyData(connection_.native(), &rest, 0) > 0) PQfreemem(rest);
  Result last;
  while (Result result{PQgetResult(connection_.native())}) {
    if (!last || last.is_good()) last = std::move(result);
  }
  if (!last.is_good()) throw connection_.failure(doing_, last);
}

}  // namespace sluice::postgresql
