/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Answers the searches of a desktop's shell on the session bus, and leaves when nobody asks any more. */
#define YJ_TYPE_SEARCH_PROVIDER (yj_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (YjSearchProvider, yj_search_provider, YJ, SEARCH_PROVIDER, GApplication)

YjSearchProvider *yj_search_provider_new (void);

G_END_DECLS
