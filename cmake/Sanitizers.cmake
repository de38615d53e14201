# ARGOSY_SANITIZE is a compiler list such as "address,undefined" or "thread".
set(ARGOSY_SANITIZE "" CACHE STRING "Sanitizers to build with")
if(ARGOSY_SANITIZE)
  add_compile_options(-fsanitize=${ARGOSY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ARGOSY_SANITIZE})
endif()
