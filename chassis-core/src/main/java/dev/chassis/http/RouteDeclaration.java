package dev.chassis.http;

/** A route as it was declared. */
record RouteDeclaration(String method, Template template, Handler handler, RouteSettings settings, RouteGroup group) {

    @Override
    public String toString() {
        return method + " " + template;
    }
}
