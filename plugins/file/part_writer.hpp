// SPDX-License-Identifier: Apache-2.0
// The parts of one attempt at one split: lines go in, files aside come out. One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compressor.hpp"
#include "descriptor.hpp"
#include "staging.hpp"

namespace sluice::file {

class PartWriter {
 public:
  // `name`: of the parts, without their numbers. `header`: what each part begins with. `most`: bytes of a part, 0: any.
  PartWriter(const Staging& staging, std::string name, Compression compression, std::string header, std::uint64_t most)
      : staging_(staging), name_(std::move(name)), compression_(compression), header_(std::move(header)), most_(most) {}
  // Removes what was not finished.
  ~PartWriter();
  PartWriter(const PartWriter&) = delete;
  PartWriter& operator=(const PartWriter&) = delete;

  // Whole lines; they stay together in a part.
  void write(std::string_view lines);
  // Makes all parts durable and answers what they are.
  std::vector<Part> finish();

 private:
  void open();
  void close();
  void write_packed(std::string_view bytes);

  const Staging& staging_;
  const std::string name_;
  const Compression compression_;
  const std::string header_;
  const std::uint64_t most_;
  std::vector<Part> parts_;
  std::unique_ptr<Compressor> compressor_;
  Descriptor file_;
  std::uint64_t syncing_ = 0;  // bytes of the file that are on their way to the disk
  bool finished_ = false;
};

}  // namespace sluice::file
