/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-sniff.h"

G_BEGIN_DECLS

GBytes *yj_profile_find (YjFormat       format,
                         const guint8  *data,
                         gsize          length);
GBytes *yj_profile_put  (GBytes        *encoded,
                         GBytes        *profile);

G_END_DECLS
