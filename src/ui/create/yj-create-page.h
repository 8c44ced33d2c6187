/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* The Create place. Property "session" (YjSession), set once it is open. */
#define YJ_TYPE_CREATE_PAGE (yj_create_page_get_type ())
G_DECLARE_FINAL_TYPE (YjCreatePage, yj_create_page, YJ, CREATE_PAGE, AdwBin)

/* Shows @draft beside those that are there, or in place of an empty one. */
void yj_create_page_set_draft (YjCreatePage *self,
                               YjDraft      *draft);
/* Attaches files where they fit, as if dropped (GListModel of GFile). */
void yj_create_page_add_files (YjCreatePage *self,
                               GListModel   *files);
/* Replaces the prompt only. */
void yj_create_page_set_prompt (YjCreatePage *self,
                                const char   *prompt);
/* What shows toasts above Generate; NULL while the page is not in sight. */
AdwToastOverlay *yj_create_page_get_toasts (YjCreatePage *self);
/* Whether the latest jobs are in sight beside the form. */
gboolean         yj_create_page_shows_jobs (YjCreatePage *self);

G_END_DECLS
