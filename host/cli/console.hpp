// SPDX-License-Identifier: Apache-2.0
//
// The program's two streams: results go to the output, everything else (problems, progress, logs) to the error stream,
// where one live line may stand below the lines that stay.
#pragma once

#include <mutex>
#include <ostream>
#include <string>
#include <string_view>

namespace sluice::cli {

enum class Style { plain, bold, good, bad, warning, faint };

struct Device {
  std::ostream* stream = nullptr;
  bool terminal = false;
  bool colour = false;
  unsigned width = 0;  // columns of the terminal; 0: not a terminal
};

class Console {
 public:
  // The standard streams. Colour only on a terminal that can show it, and never when NO_COLOR is set.
  static Console standard();
  Console(Device output, Device error) : output_(output), error_(error) {}

  // Results; one thread. False when they could not be written.
  bool print(std::string_view text);
  // Whole lines (ended or not) on the error stream, above the live line. Any thread.
  void tell(std::string_view text);
  // Replaces the live line; empty removes it. Cut to the terminal's width. Any thread.
  void live(std::string_view line);

  const Device& output() const { return output_; }
  const Device& error() const { return error_; }

 private:
  void erase_live();

  Device output_, error_;
  std::mutex mutex_;  // of the error stream and live_
  std::string live_;
};

// The text in that style where the device shows colours, else as it is.
std::string paint(const Device& device, Style style, std::string_view text);

}  // namespace sluice::cli
