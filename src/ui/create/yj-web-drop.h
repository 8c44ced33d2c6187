/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* What browsers give of a picture or link that is dragged or copied: a piece of its page, or its address. Boxed char*. */
#define YJ_TYPE_WEB_MARKUP (yj_web_markup_get_type ())
GType    yj_web_markup_get_type     (void);
#define YJ_TYPE_WEB_ADDRESS (yj_web_address_get_type ())
GType    yj_web_address_get_type    (void);

/* Teaches GDK to read these two from drops and clipboards; once. */
void     yj_web_drop_init           (void);
/* The types of a picture to be read from this, NULL when there is none. */
const char **yj_web_drop_get_picture_types (GdkContentFormats *formats);
/* Whether a browser gives this: a page's piece alone may be any text. */
gboolean yj_web_drop_is_offered     (GdkContentFormats *formats);
/* The address of the picture, or else of the link; NULL when there is none that can be fetched. */
char    *yj_web_drop_dup_address    (const GValue      *value);
char    *yj_web_drop_dup_address_of_markup (const char *markup);
/* A single http or https address and nothing besides, as a person copies it; else NULL. */
char    *yj_web_drop_dup_address_of_text   (const char *text);

G_END_DECLS
