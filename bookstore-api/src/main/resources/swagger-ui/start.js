SwaggerUIBundle({
    url: '../swagger/bookstore-api.yml',
    dom_id: '#swagger-ui',
    validatorUrl: null,
    onComplete() {
        // Swagger UI 5.29 gives this list no name for screen readers.
        document.getElementById('servers').setAttribute('aria-label', 'Server');
    },
});
