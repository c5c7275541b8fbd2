// The functions of libpq that this project calls, found by their names when a site asks for them: neither libpq nor its headers are needed
// to build the project, and a site without PostgreSQL loads nothing (https://www.postgresql.org/docs/current/libpq.html).
#pragma once
#include <dlfcn.h>

typedef struct pg_conn imagebed_pq_connection;
typedef struct pg_result imagebed_pq_result;

// A keyword of libpq's with its value (PQconninfoOption).
typedef struct {
    char *keyword, *environment, *compiled, *value, *label, *display;
    int size;
} imagebed_pq_option;

struct imagebed_pq {
    int (*library_version)(void);
    imagebed_pq_option *(*parse_words)(const char *words, char **error);
    void (*free_options)(imagebed_pq_option *);
    void (*free_memory)(void *);
    imagebed_pq_connection *(*connect)(const char *const *keywords, const char *const *values, int expands);
    void (*finish)(imagebed_pq_connection *);
    int (*status)(const imagebed_pq_connection *);
    int (*transaction_status)(const imagebed_pq_connection *);
    char *(*error_message)(const imagebed_pq_connection *);
    int (*socket)(const imagebed_pq_connection *);
    int (*server_version)(const imagebed_pq_connection *);
    int (*backend)(const imagebed_pq_connection *);
    void (*(*set_notice_processor)(imagebed_pq_connection *, void (*)(void *, const char *), void *))(void *, const char *);
    int (*send_query)(imagebed_pq_connection *, const char *text);
    int (*send_query_params)(imagebed_pq_connection *, const char *text, int count, const unsigned int *types, const char *const *values,
                             const int *lengths, const int *formats, int result_format);
    int (*send_prepare)(imagebed_pq_connection *, const char *name, const char *text, int count, const unsigned int *types);
    int (*send_query_prepared)(imagebed_pq_connection *, const char *name, int count, const char *const *values, const int *lengths,
                               const int *formats, int result_format);
    int (*consume_input)(imagebed_pq_connection *);
    int (*is_busy)(imagebed_pq_connection *);
    imagebed_pq_result *(*get_result)(imagebed_pq_connection *);
    int (*result_status)(const imagebed_pq_result *);
    char *(*result_error_field)(const imagebed_pq_result *, int field);
    char *(*command_status)(imagebed_pq_result *);
    char *(*command_tuples)(imagebed_pq_result *);
    void (*clear)(imagebed_pq_result *);
    int (*row_count)(const imagebed_pq_result *);
    int (*column_count)(const imagebed_pq_result *);
    unsigned int (*column_type)(const imagebed_pq_result *, int column);
    int (*is_null)(const imagebed_pq_result *, int row, int column);
    int (*length)(const imagebed_pq_result *, int row, int column);
    char *(*value)(const imagebed_pq_result *, int row, int column);
};

static inline void imagebed_pq_ignore_notice(void *context, const char *message) { (void)context; (void)message; }

// Without it libpq writes notices of the server to the standard error.
static inline void imagebed_pq_ignore_notices(const struct imagebed_pq *pq, imagebed_pq_connection *connection) {
    pq->set_notice_processor(connection, imagebed_pq_ignore_notice, 0);
}

// Loads the library, for the rest of the process. The answer is 0, or what is missing.
static inline const char *imagebed_pq_load(const char *library, struct imagebed_pq *pq) {
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!handle) return dlerror();
    const struct { const char *name; void *place; } functions[] = {
        {"PQlibVersion", &pq->library_version}, {"PQconninfoParse", &pq->parse_words}, {"PQconninfoFree", &pq->free_options},
        {"PQfreemem", &pq->free_memory}, {"PQconnectdbParams", &pq->connect}, {"PQfinish", &pq->finish}, {"PQstatus", &pq->status},
        {"PQtransactionStatus", &pq->transaction_status}, {"PQerrorMessage", &pq->error_message}, {"PQsocket", &pq->socket},
        {"PQserverVersion", &pq->server_version}, {"PQsetNoticeProcessor", &pq->set_notice_processor}, {"PQsendQuery", &pq->send_query},
        {"PQbackendPID", &pq->backend}, {"PQsendQueryParams", &pq->send_query_params}, {"PQsendPrepare", &pq->send_prepare},
        {"PQsendQueryPrepared", &pq->send_query_prepared}, {"PQconsumeInput", &pq->consume_input}, {"PQisBusy", &pq->is_busy},
        {"PQgetResult", &pq->get_result}, {"PQresultStatus", &pq->result_status}, {"PQresultErrorField", &pq->result_error_field},
        {"PQcmdStatus", &pq->command_status}, {"PQcmdTuples", &pq->command_tuples}, {"PQclear", &pq->clear}, {"PQntuples", &pq->row_count},
        {"PQnfields", &pq->column_count}, {"PQftype", &pq->column_type}, {"PQgetisnull", &pq->is_null}, {"PQgetlength", &pq->length},
        {"PQgetvalue", &pq->value},
    };
    for (unsigned index = 0; index < sizeof functions / sizeof *functions; index++) {
        void *found = dlsym(handle, functions[index].name);
        if (!found) return functions[index].name;
        *(void **)functions[index].place = found;
    }
    return 0;
}
