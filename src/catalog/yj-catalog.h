/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-model.h"

G_BEGIN_DECLS

/* A GListModel of YjModel: the shipped models.json, with the person's own file over it. */
#define YJ_TYPE_CATALOG (yj_catalog_get_type ())
G_DECLARE_FINAL_TYPE (YjCatalog, yj_catalog, YJ, CATALOG, GObject)

#define YJ_CATALOG_ERROR (yj_catalog_error_quark ())
GQuark yj_catalog_error_quark (void);
typedef enum
{
  YJ_CATALOG_ERROR_SYNTAX,      /* no JSON, or not of the catalogue's form; the message names the place */
  YJ_CATALOG_ERROR_NO_MODEL,    /* a draft of a model that is not in the catalogue (any more) */
  YJ_CATALOG_ERROR_LLMID,       /* no id as the platform gives them; the message is for people */
  YJ_CATALOG_ERROR_MODEL,       /* a model of one's own that cannot be; the message is for people */
} YjCatalogError;

/* The built-in models only; never fails: the shipped file is tested. */
YjCatalog  *yj_catalog_new            (void);
/* Lays the JSON of a person's own file over what is there. */
gboolean    yj_catalog_overlay        (YjCatalog  *self,
                                       const char *json,
                                       gssize      length,
                                       GError    **error);
YjModel    *yj_catalog_find_by_id     (YjCatalog  *self,
                                       const char *id);
/* A provider's name in the person's language; NULL: no model has this key. Transfer none. */
const char *yj_catalog_find_provider  (YjCatalog  *self,
                                       const char *key);
/* By model name or llmid; @mode: -1 for any. NULL when there is none. Transfer none. */
YjModel    *yj_catalog_find           (YjCatalog  *self,
                                       int         mode,
                                       const char *name_or_llmid);
YjModel    *yj_catalog_get_default    (YjCatalog  *self,
                                       YjMode      mode);
/* The id in what a person typed or pasted. */
char       *yj_llmid_parse            (const char  *text,
                                       GError     **error);
/* Lays another file of the person's over the shipped one, in place of the former. */
gboolean    yj_catalog_replace_overlay (YjCatalog  *self,
                                        const char *json,
                                        gssize      length,
                                        GError    **error);
/* The name of the form that it has; NULL: it brings its own. */
const char *yj_catalog_get_form       (YjCatalog  *self,
                                       YjModel    *model);
/* Whether the person added or changed it. */
gboolean    yj_catalog_has_own        (YjCatalog  *self,
                                       YjModel    *model);
gboolean    yj_catalog_is_shipped      (YjCatalog  *self,
                                        YjModel    *model);
gboolean    yj_catalog_remove_own     (YjCatalog  *self,
                                       YjModel    *model,
                                       GError    **error);
YjModel    *yj_catalog_add_model      (YjCatalog   *self,
                                       YjModel     *like,
                                       const char  *name,
                                       const char  *title,
                                       const char  *llmid,
                                       GError     **error);
/* An llmid for this run only, as the sandbox gives them. */
void        yj_catalog_lend_llmid     (YjCatalog  *self,
                                       YjModel    *model,
                                       const char *llmid);
/* Takes back what was lent: another platform would not know it. */
void        yj_catalog_return_llmids  (YjCatalog  *self);
/* Completes a lost llmid, in memory; the caller keeps it with yj_catalog_dup_overlay (). NULL: as it was shipped. */
void        yj_catalog_set_llmid      (YjCatalog  *self,
                                       YjModel    *model,
                                       const char *llmid);
/* The person's own changes as JSON, to be written to the config folder. */
char       *yj_catalog_dup_overlay    (YjCatalog  *self);
/* Names of chat models that the document mentions, the default first; NULL-terminated. */
const char * const *yj_catalog_get_chat_models (YjCatalog *self);

G_END_DECLS
