/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "yj-problem.h"

G_BEGIN_DECLS

/* Reading members of JSON objects: each gives FALSE and an error that names @path when the member is of a wrong kind;
   what is missing or null leaves the target as it is. */
gboolean yj_reader_wrong (GError    **error,
                          const char *path,
                          const char *format,
                          ...) G_GNUC_PRINTF (3, 4);
gboolean yj_reader_known_members (JsonObject         *object,
                                  const char         *path,
                                  const char * const *known,
                                  GError            **error);
gboolean yj_reader_is_null (JsonObject *object,
                            const char *member);
gboolean yj_reader_number (JsonObject *object,
                           const char *path,
                           const char *member,
                           double     *number,
                           GError    **error);
gboolean yj_reader_boolean (JsonObject *object,
                            const char *path,
                            const char *member,
                            gboolean   *value,
                            GError    **error);
gboolean yj_reader_text (JsonObject *object,
                         const char *path,
                         const char *member,
                         gboolean    required,
                         char      **text,
                         GError    **error);
char *yj_reader_dup_value (JsonNode *node);
gboolean yj_reader_values (JsonObject *object,
                           const char *path,
                           const char *member,
                           char     ***values,
                           GError    **error);

/* ---- yj-limit-reader.c: limits of yj-limit-private.h */
gboolean yj_read_limit (GPtrArray    *limits,
                        JsonNode     *node,
                        const char   *path,
                        const char   *subject,
                        YjLimitUnit   unit,
                        GError      **error);
gboolean yj_read_text_limits (GPtrArray   *limits,
                              JsonNode    *node,
                              const char  *path,
                              const char  *subject,
                              GError     **error);
gboolean yj_read_slot_limits (JsonObject  *object,
                              const char  *path,
                              GPtrArray   *limits,
                              GError     **error);
gboolean yj_read_rule (JsonObject  *object,
                       const char  *path,
                       GPtrArray   *rules,
                       GError     **error);

G_END_DECLS
