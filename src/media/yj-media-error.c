/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-probe.h"

G_DEFINE_QUARK (yj-media-error-quark, yj_media_error)
