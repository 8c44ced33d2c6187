/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-library.h"

G_DEFINE_QUARK (yj-library-error-quark, yj_library_error)
