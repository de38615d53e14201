# argosy_proto_library(NAME tenancy FILES argosy/tenancy/v1/tenant.proto ... DEPS argosy::protos_common)
# generates messages and stubs of FILES (paths below protos/) into the build tree and makes
# argosy::protos_<NAME>. Generated headers are SYSTEM: our warnings do not apply to them.
find_program(PROTOC_PROGRAM protoc REQUIRED)
find_program(GRPC_CPP_PLUGIN_PROGRAM grpc_cpp_plugin REQUIRED)
set(ARGOSY_PROTO_ROOT ${PROJECT_SOURCE_DIR}/protos)
set(ARGOSY_PROTO_OUT ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${ARGOSY_PROTO_OUT})

function(argosy_proto_library)
  cmake_parse_arguments(ARG "" "NAME" "FILES;DEPS" ${ARGN})
  set(generated)
  foreach(file ${ARG_FILES})
    string(REGEX REPLACE "\\.proto$" "" stem ${file})
    set(outputs ${ARGOSY_PROTO_OUT}/${stem}.pb.cc ${ARGOSY_PROTO_OUT}/${stem}.pb.h)
    set(grpc_options)
    file(STRINGS ${ARGOSY_PROTO_ROOT}/${file} services REGEX "^service ")
    if(services)
      list(APPEND outputs ${ARGOSY_PROTO_OUT}/${stem}.grpc.pb.cc ${ARGOSY_PROTO_OUT}/${stem}.grpc.pb.h)
      set(grpc_options --grpc_out=${ARGOSY_PROTO_OUT}
                       --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN_PROGRAM})
    endif()
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGOSY_PROTO_ROOT}/${file})
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND ${PROTOC_PROGRAM} -I ${ARGOSY_PROTO_ROOT} --cpp_out=${ARGOSY_PROTO_OUT} ${grpc_options}
              ${ARGOSY_PROTO_ROOT}/${file}
      DEPENDS ${ARGOSY_PROTO_ROOT}/${file}
      COMMENT "protoc ${file}")
    list(APPEND generated ${outputs})
    set_property(GLOBAL APPEND PROPERTY ARGOSY_PROTO_FILES ${file})
  endforeach()
  set(target argosy_protos_${ARG_NAME})
  add_library(${target} STATIC ${generated})
  add_library(argosy::protos_${ARG_NAME} ALIAS ${target})
  target_include_directories(${target} SYSTEM PUBLIC ${ARGOSY_PROTO_OUT})
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf gRPC::grpc++ ${ARG_DEPS})
endfunction()
