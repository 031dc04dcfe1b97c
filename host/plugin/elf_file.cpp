// SPDX-License-Identifier: Apache-2.0
#include "plugin/elf_file.hpp"

#include <elf.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

namespace sluice::plugin {
namespace {

#if defined(__x86_64__)
constexpr Elf64_Half host_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half host_machine = EM_AARCH64;
#else
#error "name this machine's ELF number here"
#endif

std::string machine_name(Elf64_Half machine) {
  switch (machine) {
    case EM_X86_64:
      return "x86-64";
    case EM_AARCH64:
      return "aarch64";
    case EM_386:
      return "i386";
    case EM_ARM:
      return "arm";
    case EM_RISCV:
      return "riscv";
    case EM_PPC64:
      return "ppc64";
    case EM_S390:
      return "s390";
  }
  return "machine " + std::to_string(machine);
}

// What stands at `offset`, as far as the file goes.
std::string bytes_at(std::ifstream& file, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  file.clear();
  file.seekg(static_cast<std::streamoff>(offset));
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return bytes;
}

template <class Header>
std::vector<Header> headers_at(std::ifstream& file, std::uint64_t offset, std::size_t count) {
  const std::string bytes = bytes_at(file, offset, count * sizeof(Header));
  std::vector<Header> headers(bytes.size() / sizeof(Header));
  if (!headers.empty()) std::memcpy(headers.data(), bytes.data(), headers.size() * sizeof(Header));
  return headers;
}

bool is_text(std::string_view bytes) {
  return std::ranges::none_of(bytes, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f');
  });
}

// Ends behind the last byte promised; wraps are answered as "everything".
std::uint64_t end_of(std::uint64_t offset, std::uint64_t size) {
  return offset + size < offset ? UINT64_MAX : offset + size;
}

std::string truncated(std::uint64_t size, std::uint64_t promised) {
  return "is truncated or damaged: " + std::to_string(size) + " bytes, its headers speak of " +
         std::to_string(promised);
}

std::string check_header(const Elf64_Ehdr& header) {
  if (header.e_ident[EI_CLASS] != ELFCLASS64) return "is built for a 32-bit machine";
  if (header.e_ident[EI_DATA] != ELFDATA2LSB) return "is built for a machine of the other byte order";
  if (header.e_machine != host_machine)
    return "is built for " + machine_name(header.e_machine) + ", this host runs on " + machine_name(host_machine);
  if (header.e_type != ET_DYN) return "is not a shared library, but an object file or a program";
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0) return "is damaged: it has no program headers";
  if (header.e_shentsize != sizeof(Elf64_Shdr) || header.e_shnum == 0) return "is damaged: it has no section headers";
  if (header.e_shstrndx >= header.e_shnum) return "is damaged: its sections have no names";
  return {};
}

std::uint64_t promised_bytes(std::ifstream& file, const Elf64_Ehdr& header) {
  std::uint64_t end = std::max(end_of(header.e_phoff, header.e_phnum * sizeof(Elf64_Phdr)),
                               end_of(header.e_shoff, header.e_shnum * sizeof(Elf64_Shdr)));
  for (const auto& segment : headers_at<Elf64_Phdr>(file, header.e_phoff, header.e_phnum))
    end = std::max(end, end_of(segment.p_offset, segment.p_filesz));
  const auto sections = headers_at<Elf64_Shdr>(file, header.e_shoff, header.e_shnum);
  for (std::size_t i = 0; i < sections.size(); ++i)
    if (sections[i].sh_type != SHT_NOBITS || i == header.e_shstrndx)
      end = std::max(end, end_of(sections[i].sh_offset, sections[i].sh_size));
  return end;
}

}  // namespace

std::string check_elf(const std::filesystem::path& path) {
  std::error_code unreadable;
  const auto status = std::filesystem::status(path, unreadable);
  if (!std::filesystem::exists(status)) return "does not exist";
  if (!std::filesystem::is_regular_file(status)) return "is not a regular file";
  const std::uint64_t size = std::filesystem::file_size(path, unreadable);
  std::ifstream file(path, std::ios::binary);
  if (!file || unreadable) return "cannot be read: " + std::generic_category().message(errno);
  if (size == 0) return "is empty";

  const std::string start = bytes_at(file, 0, 512);
  const bool elf = start.starts_with(std::string_view(ELFMAG, std::min<std::size_t>(SELFMAG, start.size())));
  if (!elf) return is_text(start) ? "is a text file, not a shared library" : "is not a shared library";
  if (start.size() < sizeof(Elf64_Ehdr)) return truncated(size, sizeof(Elf64_Ehdr));
  Elf64_Ehdr header;
  std::memcpy(&header, start.data(), sizeof header);
  if (std::string wrong = check_header(header); !wrong.empty()) return wrong;
  const std::uint64_t promised = promised_bytes(file, header);
  return promised > size ? truncated(size, promised) : std::string();
}

}  // namespace sluice::plugin
