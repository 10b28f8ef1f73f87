using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Lapstack.Wire;

/// <summary>Errors as each protocol spells them.</summary>
internal static class ErrorRendering
{
    /// <param name="prefix">What stands before the code in <c>__type</c>.</param>
    public static WireResponse Render(
        ServiceError error,
        Protocol protocol,
        string prefix,
        string? xmlNamespace,
        string requestId,
        string path) => protocol switch
        {
            Protocol.RestXml => S3(error, requestId, path),
            Protocol.Query => Query(error, xmlNamespace ?? "", requestId),
            Protocol.RestJson => RestJson(error),
            _ => Json(error, protocol, prefix),
        };

    private static WireResponse S3(ServiceError error, string requestId, string path) => WireResponse.Xml(
        new XElement(
            "Error",
            new XElement("Code", error.Code),
            new XElement("Message", error.Message),
            error.Members.Select(m => new XElement(m.Key, m.Value.ToString())),
            new XElement("Resource", Uri.UnescapeDataString(path)),
            new XElement("RequestId", requestId),
            new XElement("HostId", requestId)),
        error.Status);

    private static WireResponse Query(ServiceError error, string xmlNamespace, string requestId)
    {
        XNamespace ns = xmlNamespace;
        return WireResponse.Xml(
            new XElement(
                ns + "ErrorResponse",
                new XElement(
                    ns + "Error",
                    new XElement(ns + "Type", Side(error)),
                    new XElement(ns + "Code", error.Code),
                    new XElement(ns + "Message", error.Message)),
                new XElement(ns + "RequestId", requestId)),
            error.Status);
    }

    private static WireResponse Json(ServiceError error, Protocol protocol, string prefix)
    {
        var response = WireResponse.Json(
            Body(error, new JsonObject { ["__type"] = prefix + error.Code, ["message"] = error.Message }),
            protocol == Protocol.AwsJson10 ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1",
            error.Status);
        if (error.QueryCode is { } query) response.Headers["x-amzn-query-error"] = $"{query};{Side(error)}";
        return response;
    }

    private static WireResponse RestJson(ServiceError error)
    {
        var type = error.Status < 500 ? "User" : "Service";
        var body = new JsonObject { ["Type"] = type, ["Message"] = error.Message, ["message"] = error.Message };
        var response = WireResponse.Json(Body(error, body), "application/json", error.Status);
        response.Headers["x-amzn-ErrorType"] = error.Code;
        return response;
    }

    private static JsonObject Body(ServiceError error, JsonObject body)
    {
        foreach (var (name, value) in error.Members) body[name] = value.DeepClone();
        return body;
    }

    private static string Side(ServiceError error) => error.Status < 500 ? "Sender" : "Receiver";
}
