// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::fault_proxy {

struct Message {
  std::size_t size = 0;  // bytes, head included
  bool is_commit = false;
};

// Cuts what one client sends, in the clear, into messages: just enough to see a COMMIT.
class MessageCutter {
 public:
  virtual ~MessageCutter() = default;
  // The message at the front; nothing while more bytes have to come.
  virtual std::optional<Message> next(std::string_view bytes) = 0;
};

// "postgresql" or "mysql"; nothing for any other.
std::unique_ptr<MessageCutter> make_cutter(const std::string& protocol);

}  // namespace sluice::fault_proxy
