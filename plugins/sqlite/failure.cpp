// SPDX-License-Identifier: Apache-2.0
#include "sqlite/failure.hpp"

namespace sluice::sqlite {

namespace {

SluiceStatus status_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_SCHEMA:
      return SLUICE_CONFLICT;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return SLUICE_DENIED;
    case SQLITE_CANTOPEN:
      return SLUICE_NOT_FOUND;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
      return SLUICE_IO;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SLUICE_BAD_DATA;
    case SQLITE_NOMEM:
      return SLUICE_NO_MEMORY;
    case SQLITE_INTERRUPT:
      return SLUICE_CANCELLED;
    case SQLITE_MISUSE:
    case SQLITE_INTERNAL:
      return SLUICE_INTERNAL;
    default:
      return SLUICE_INVALID;
  }
}

std::string_view way_out(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "; another connection holds a lock: try again later, or raise busyTimeout";
    case SQLITE_READONLY:
      return "; the file or its directory cannot be written";
    case SQLITE_FULL:
      return "; make room on the disk and run again";
    case SQLITE_NOTADB:
      return "; the file is something else, or encrypted";
    default:
      return "";
  }
}

}  // namespace

Error failure(int code, std::string_view doing, std::string_view message, std::string_view path) {
  std::string text(doing);
  text.append(": ").append(message).append(": ").append(path).append(way_out(code));
  const int kind = code & 0xFF;
  const bool retryable =
      kind == SQLITE_BUSY || kind == SQLITE_LOCKED || kind == SQLITE_SCHEMA || kind == SQLITE_FULL;
  return Error(status_of(code), std::move(text)).vendor(code).retryable(retryable);
}

Error failure(sqlite3* db, std::string_view doing, std::string_view path) {
  return failure(sqlite3_extended_errcode(db), doing, sqlite3_errmsg(db), path);
}

bool is_record_fault(int code) {
  const int kind = code & 0xFF;
  return kind == SQLITE_CONSTRAINT || kind == SQLITE_MISMATCH || kind == SQLITE_TOOBIG;
}

std::string_view reject_code(int code) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return "conflict";
    case SQLITE_CONSTRAINT_NOTNULL:
      return "null";
    case SQLITE_CONSTRAINT_CHECK:
      return "check";
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return "foreign-key";
    case SQLITE_CONSTRAINT_DATATYPE:
    case SQLITE_MISMATCH:
      return "type";
    case SQLITE_TOOBIG:
      return "too-long";
    default:
      return "constraint";
  }
}

}  // namespace sluice::sqlite
