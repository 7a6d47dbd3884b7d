SwaggerUIBundle({
    url: '../swagger/bookstore-api.yml',
    dom_id: '#swagger-ui',
    validatorUrl: null,
});
