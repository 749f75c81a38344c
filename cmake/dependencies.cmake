# Every library comes from Debian 12 (the package list is in tools/packages.txt).
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
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

# Only core, imgproc and, in models/, dnn are wanted. Debian keeps OpenCVConfig.cmake in libopencv-dev, which brings every
# module of OpenCV and some 140 shared libraries behind imgcodecs, so they are found by hand.
find_path(HOMEWARD_OPENCV_HEADERS opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
find_library(HOMEWARD_OPENCV_CORE opencv_core REQUIRED)
find_library(HOMEWARD_OPENCV_IMGPROC opencv_imgproc REQUIRED)
find_library(HOMEWARD_OPENCV_DNN opencv_dnn REQUIRED)
add_library(homeward_opencv INTERFACE)
target_include_directories(homeward_opencv SYSTEM INTERFACE ${HOMEWARD_OPENCV_HEADERS})
target_link_libraries(homeward_opencv INTERFACE ${HOMEWARD_OPENCV_IMGPROC} ${HOMEWARD_OPENCV_CORE})
add_library(homeward_opencv_dnn INTERFACE)
target_link_libraries(homeward_opencv_dnn INTERFACE ${HOMEWARD_OPENCV_DNN} homeward_opencv)

# Debian's CMake files of oneDNN ask for the headers of OpenCL, which nothing here uses.
find_path(HOMEWARD_ONEDNN_HEADERS dnnl.hpp REQUIRED)
find_library(HOMEWARD_ONEDNN dnnl REQUIRED)
add_library(homeward_onednn INTERFACE)
target_include_directories(homeward_onednn SYSTEM INTERFACE ${HOMEWARD_ONEDNN_HEADERS})
target_link_libraries(homeward_onednn INTERFACE ${HOMEWARD_ONEDNN} OpenMP::OpenMP_CXX)

add_library(homeward_dlib INTERFACE)
target_link_libraries(homeward_dlib INTERFACE dlib PkgConfig::openblas)

# Debian's FAISS is one static archive built for OpenMP and any BLAS.
add_library(homeward_faiss INTERFACE)
target_link_libraries(homeward_faiss INTERFACE faiss PkgConfig::openblas lapack OpenMP::OpenMP_CXX)

if(HOMEWARD_SERVICE OR NOT DEFINED HOMEWARD_SERVICE)
  find_package(Protobuf REQUIRED)
  find_package(gRPC CONFIG REQUIRED)
endif()
