/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One field of a submission, as it came. Exactly one of text and path is set. */
typedef struct
{
  char     *name;
  char     *text;
  char     *path;               /* of the file that holds what was uploaded */
  char     *file_name;          /* as sent, never used as a path */
  gint64    size;               /* bytes of the file */
  gboolean  is_number;          /* a JSON number that is whole */
  gboolean  is_other;           /* neither a string nor a whole number in JSON: text is its JSON */
} YjSandboxField;

/* A form that arrives bit by bit: multipart/form-data, or one JSON object. Files go to disk at once. */
typedef struct _YjSandboxForm YjSandboxForm;

/* @folder is where files are kept. */
YjSandboxForm        *yj_sandbox_form_new          (const char      *content_type,
                                                    const char      *folder);
void                  yj_sandbox_form_free         (YjSandboxForm   *self);
void                  yj_sandbox_form_feed         (YjSandboxForm   *self,
                                                    const guint8    *data,
                                                    gsize            size);
/* FALSE with the HTTP status and what is wrong with the form. */
gboolean              yj_sandbox_form_finish       (YjSandboxForm   *self,
                                                    guint           *status,
                                                    char           **message);
gboolean              yj_sandbox_form_is_json      (YjSandboxForm   *self);
GPtrArray            *yj_sandbox_form_get_fields   (YjSandboxForm   *self);
/* What came as JSON, after finish; else NULL. */
JsonObject           *yj_sandbox_form_get_object   (YjSandboxForm   *self);
/* The text of the field, or NULL. */
const char           *yj_sandbox_form_get_text     (YjSandboxForm   *self,
                                                    const char      *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjSandboxForm, yj_sandbox_form_free)

G_END_DECLS
