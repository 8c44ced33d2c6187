/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-error.h"

G_DEFINE_QUARK (yj-error-quark, yj_error)
