/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "yj-model.h"

G_BEGIN_DECLS

#define YJ_RENDER_RATE 24       /* frames a second */

/* Where the rendering process leaves the name of the video, or "error: …". */
#define YJ_RENDER_RESULT "result"

/* One uploaded piece of material. */
typedef struct
{
  YjSlotRole  role;
  char       *place;            /* a path, an http(s) URL or a data: URI */
} YjRenderInput;

/* What is to be rendered; all strings may be NULL but prompt and folder. */
typedef struct
{
  YjMode     mode;
  char      *prompt;
  char      *ratio;             /* "16:9", or one of the words for the picture's own */
  char      *resolution;        /* "720p": the length of the short side */
  char      *size;              /* "1280*720": wins over both */
  int        duration;          /* seconds */
  char      *folder;            /* where video and cover go */
  GPtrArray *inputs;            /* of YjRenderInput, in the order of the form */
} YjRenderSpec;

YjRenderSpec *yj_render_spec_new       (void);
void          yj_render_spec_free      (YjRenderSpec  *self);
void          yj_render_spec_add_input (YjRenderSpec  *self,
                                        YjSlotRole     role,
                                        const char    *place);
char         *yj_render_spec_to_json   (YjRenderSpec  *self);
YjRenderSpec *yj_render_spec_from_json (const char    *json,
                                        GError       **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjRenderSpec, yj_render_spec_free)

/* Renders; blocks. Returns the file name of the video inside the folder; the cover is cover.jpeg. */
char         *yj_render                (YjRenderSpec  *spec,
                                        GError       **error);

G_END_DECLS
