# Every library comes from Debian 12 (the package list is in tools/packages.txt).
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenCV REQUIRED COMPONENTS core imgproc)
find_package(OpenMP REQUIRED COMPONENTS CXX)
pkg_check_modules(openblas REQUIRED IMPORTED_TARGET openblas)
pkg_check_modules(jpeg REQUIRED IMPORTED_TARGET libjpeg)
pkg_check_modules(png REQUIRED IMPORTED_TARGET libpng)
pkg_check_modules(webp REQUIRED IMPORTED_TARGET libwebp libwebpdemux)
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)

# OpenCV's own target would add nothing but link lines; its headers are SYSTEM here.
add_library(homeward_opencv INTERFACE)
target_include_directories(homeward_opencv SYSTEM INTERFACE ${OpenCV_INCLUDE_DIRS})
target_link_libraries(homeward_opencv INTERFACE opencv_core opencv_imgproc)

add_library(homeward_dlib INTERFACE)
target_link_libraries(homeward_dlib INTERFACE dlib PkgConfig::openblas)

# Debian's FAISS is one static archive built for OpenMP and any BLAS.
add_library(homeward_faiss INTERFACE)
target_link_libraries(homeward_faiss INTERFACE faiss PkgConfig::openblas lapack OpenMP::OpenMP_CXX)

if(HOMEWARD_SERVICE OR NOT DEFINED HOMEWARD_SERVICE)
  find_package(Protobuf REQUIRED)
  find_package(gRPC CONFIG REQUIRED)
endif()
