# ARGOSY_SANITIZE is a compiler list such as "address,undefined" or "thread".
set(ARGOSY_SANITIZE "" CACHE STRING "Sanitizers to build with")
if(ARGOSY_SANITIZE)
  add_compile_options(-fsanitize=${ARGOSY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ARGOSY_SANITIZE})
endif()
# g++ warns of fences, which the thread sanitizer does not follow. Those of Boost.Asio stand around
# the handlers of an io_context, and each of ours is run by one thread.
if(ARGOSY_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-tsan)
  # With this macro protobuf's headers give every map two members more, which Debian's library, built
  # without it, does not know of. The standard library keeps its own sign.
  add_compile_options(-U__SANITIZE_THREAD__ -D_GLIBCXX_TSAN=1)
endif()
