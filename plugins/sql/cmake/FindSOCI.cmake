# SPDX-License-Identifier: Apache-2.0
# find_package(SOCI REQUIRED COMPONENTS sqlite3 postgresql mysql odbc)
#
# Targets SOCI::core and SOCI::<backend>. A plugin uses the backend's factory directly: no backend is looked up at run
# time. The shared libraries, because Debian's archives are not position-independent. The client library of the store
# comes with the backend's target.
include(FindPackageHandleStandardArgs)

find_path(SOCI_INCLUDE_DIR soci/soci.h)
find_library(SOCI_CORE_LIBRARY NAMES soci_core)
mark_as_advanced(SOCI_INCLUDE_DIR SOCI_CORE_LIBRARY)

if(SOCI_CORE_LIBRARY AND NOT TARGET SOCI::core)
  add_library(SOCI::core SHARED IMPORTED)
  set_target_properties(SOCI::core PROPERTIES
    IMPORTED_LOCATION ${SOCI_CORE_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${SOCI_INCLUDE_DIR}
    INTERFACE_LINK_LIBRARIES "${CMAKE_DL_LIBS}")
endif()

# The store's client library and the folder of its headers.
set(_soci_client_sqlite3 sqlite3)
set(_soci_client_postgresql pq)
set(_soci_client_mysql mariadb mysqlclient)
set(_soci_client_odbc odbc)
set(_soci_header_sqlite3 sqlite3.h)
set(_soci_header_postgresql libpq-fe.h)
set(_soci_header_mysql mysql.h)
set(_soci_header_odbc sql.h)

foreach(_soci_backend IN LISTS SOCI_FIND_COMPONENTS)
  find_library(SOCI_${_soci_backend}_LIBRARY NAMES soci_${_soci_backend})
  find_library(SOCI_${_soci_backend}_CLIENT NAMES ${_soci_client_${_soci_backend}})
  find_path(SOCI_${_soci_backend}_CLIENT_INCLUDE ${_soci_header_${_soci_backend}}
            PATH_SUFFIXES postgresql mariadb mysql)
  mark_as_advanced(SOCI_${_soci_backend}_LIBRARY SOCI_${_soci_backend}_CLIENT SOCI_${_soci_backend}_CLIENT_INCLUDE)
  if(SOCI_${_soci_backend}_LIBRARY AND SOCI_${_soci_backend}_CLIENT AND SOCI_${_soci_backend}_CLIENT_INCLUDE)
    set(SOCI_${_soci_backend}_FOUND TRUE)
    if(NOT TARGET SOCI::${_soci_backend})
      add_library(SOCI::${_soci_backend} SHARED IMPORTED)
      set_target_properties(SOCI::${_soci_backend} PROPERTIES
        IMPORTED_LOCATION ${SOCI_${_soci_backend}_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${SOCI_${_soci_backend}_CLIENT_INCLUDE}
        INTERFACE_LINK_LIBRARIES "SOCI::core;${SOCI_${_soci_backend}_CLIENT}")
    endif()
  endif()
endforeach()

find_package_handle_standard_args(SOCI REQUIRED_VARS SOCI_CORE_LIBRARY SOCI_INCLUDE_DIR HANDLE_COMPONENTS)
