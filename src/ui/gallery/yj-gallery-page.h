/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* The Gallery place. Property "session" (YjSession), set once it is open. */
#define YJ_TYPE_GALLERY_PAGE (yj_gallery_page_get_type ())
G_DECLARE_FINAL_TYPE (YjGalleryPage, yj_gallery_page, YJ, GALLERY_PAGE, AdwBin)

/* Opens the page of a job. */
void yj_gallery_page_open   (YjGalleryPage *self,
                             YjJob         *job);
/* Puts the keyboard's focus into the search. */
void yj_gallery_page_find   (YjGalleryPage *self);
/* Looks for @words in all videos. */
void yj_gallery_page_search (YjGalleryPage *self,
                             const char    *words);
/* Selects all that is on show. */
void yj_gallery_page_select_all (YjGalleryPage *self);
/* Throws jobs (GPtrArray of YjJob) into the trash, with an undo. */
void yj_gallery_page_remove (YjGalleryPage *self,
                             GPtrArray     *jobs);

G_END_DECLS
