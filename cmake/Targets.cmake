# The three kinds of target the project has. A room's CMakeLists.txt is only names:
#
#   argosy_library(NAME metrics_domain SOURCES a.cc HEADERS a.h DEPS argosy::base absl::status)
#   argosy_test(NAME metrics_domain_test TIER unit SOURCES a_test.cc DEPS argosy::metrics_domain)
#   argosy_binary(NAME argosyd SOURCES main.cc DEPS ...)
#
# DEPS are exactly the targets whose headers the sources include.

function(argosy_library)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;HEADERS;DEPS;PRIVATE_DEPS" ${ARGN})
  set(target argosy_${ARG_NAME})
  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(argosy::${ARG_NAME} ALIAS ${target})
  # Private headers stand among SOURCES; they have to compile alone like any other.
  set(headers ${ARG_HEADERS} ${ARG_SOURCES})
  list(FILTER headers INCLUDE REGEX "\\.h$")
  target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}
                 FILES ${headers})
  target_link_libraries(${target} ${scope} ${ARG_DEPS})
  if(ARG_SOURCES)
    target_link_libraries(${target} PRIVATE argosy_warnings ${ARG_PRIVATE_DEPS})
  endif()
endfunction()

# TIER is the ctest label (unit, db, e2e, slow). A db or e2e test finds the test database by the
# environment variable ARGOSY_TEST_DB_SOCKET, which the fixture test_database provides.
# SERVES_GRPC is for a test that is server and client in one process: it gets the label in_process_grpc,
# by which the thread sanitizer's preset leaves it out. Debian's gRPC is not instrumented, so that what
# its queues order between the client's thread and the handler's looks like a race.
function(argosy_test)
  cmake_parse_arguments(ARG "SERVES_GRPC" "NAME;TIER;TIMEOUT" "SOURCES;DEPS;ENVIRONMENT;ARGS" ${ARGN})
  if(NOT ARG_TIER MATCHES "^(unit|db|e2e|slow)$")
    message(FATAL_ERROR "argosy_test(${ARG_NAME}): TIER must be unit, db, e2e or slow")
  endif()
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  target_link_libraries(${ARG_NAME} PRIVATE argosy_warnings ${ARG_DEPS} GTest::gmock_main)
  add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME} ${ARG_ARGS}
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set(labels ${ARG_TIER})
  if(ARG_SERVES_GRPC)
    list(APPEND labels in_process_grpc)
  endif()
  set_tests_properties(${ARG_NAME} PROPERTIES LABELS "${labels}" TIMEOUT ${ARG_TIMEOUT})
  if(NOT ARG_TIER STREQUAL "unit")
    set_tests_properties(${ARG_NAME} PROPERTIES FIXTURES_REQUIRED test_database)
    list(APPEND ARG_ENVIRONMENT "ARGOSY_TEST_DB_SOCKET=${ARGOSY_TEST_DB_SOCKET}")
  endif()
  if(ARG_ENVIRONMENT)
    set_tests_properties(${ARG_NAME} PROPERTIES ENVIRONMENT "${ARG_ENVIRONMENT}")
  endif()
endfunction()

function(argosy_binary)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;DEPS" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  target_link_libraries(${ARG_NAME} PRIVATE argosy_warnings ${ARG_DEPS})
endfunction()
