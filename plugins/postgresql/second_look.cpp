// SPDX-License-Identifier: Apache-2.0
#include "postgresql/second_look.hpp"

#include <poll.h>

#include <algorithm>
#include <vector>

namespace sluice::postgresql {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Less than a stopping job waits for its connections.
constexpr milliseconds patience_to_tell{1000};

bool is_ready(const Handle& handle, short wanted, steady_clock::time_point end) {
  pollfd watched{PQsocket(handle.get()), wanted, 0};
  const auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now()).count();
  return poll(&watched, 1, static_cast<int>(std::max<int64_t>(left, 0))) > 0;
}

}  // namespace

Handle connect_beside(const Settings& settings, milliseconds patience) {
  const auto pairs = settings.keywords();
  std::vector<const char*> names, values;
  for (const auto& [name, value] : pairs) names.push_back(name.c_str()), values.push_back(value.c_str());
  names.push_back(nullptr);
  values.push_back(nullptr);
  Handle handle(PQconnectStartParams(names.data(), values.data(), 0));
  if (!handle) return handle;
  PQsetErrorVerbosity(handle.get(), PQERRORS_VERBOSE);
  const auto end = steady_clock::now() + patience;
  auto state = PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED &&
         is_ready(handle, state == PGRES_POLLING_READING ? POLLIN : POLLOUT, end))
    state = PQconnectPoll(handle.get());
  return handle;
}

void tell_server(const Settings& settings, const std::string& sql) noexcept {
  try {
    const auto end = steady_clock::now() + patience_to_tell;
    const Handle handle = connect_beside(settings, patience_to_tell);
    if (!handle || PQstatus(handle.get()) != CONNECTION_OK) return;
    if (PQsendQuery(handle.get(), sql.c_str()) == 1) is_ready(handle, POLLIN, end);
  } catch (const std::exception&) {
    // It goes without.
  }
}

}  // namespace sluice::postgresql
