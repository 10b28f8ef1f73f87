using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>
/// What browsers ask before they let a page of another site use a bucket, and what answers to such a page carry.
/// </summary>
internal sealed class CorsOperations(Buckets buckets)
{
    /// <summary>A preflight, which is not signed and asks for no permission.</summary>
    public Operation Preflight(S3Request request) => new("OPTIONS", [], _ =>
    {
        var wire = request.Wire;
        var origin = wire.Header("Origin") ?? throw Insufficient("Origin request header needed.");
        var method = wire.Header("Access-Control-Request-Method")
            ?? throw Insufficient("Access-Control-Request-Method request header needed.");
        var headers = (wire.Header("Access-Control-Request-Headers") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var rules = CorsRule.Of(buckets.Get(request.Bucket));
        if (rules.Count == 0) throw Forbidden("CORSResponse: CORS is not enabled for this bucket.");
        var rule = rules.FirstOrDefault(one => one.Allows(origin, method, headers)) ?? throw Forbidden(
            "CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, " +
            "request method / "
            +
                "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the " +
                "resource's CORS spec.");
        var response = WireResponse.Empty();
        Add(response, rule.Answer(origin, headers));
        return Task.FromResult(response);
    });

    /// <summary>The operation, whose answer a page of an allowed origin may read.</summary>
    public Operation Open(S3Request request, Operation operation)
    {
        if (request.Wire.Header("Origin") is not { } origin || buckets.Find(request.Bucket) is not { } bucket)
        {
            return operation;
        }

        if (CorsRule.Of(bucket).FirstOrDefault(
            rule => rule.Allows(origin, request.Wire.Method, [])) is not { } allowing)
        {
            return operation;
        }

        return operation with
        {
            Execute = async cancellation =>
            {
                var response = await operation.Execute(cancellation);
                Add(response, allowing.Answer(origin, []));
                return response;
            },
        };
    }

    private static void Add(WireResponse response, IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers) response.Headers[name] = value;
    }

    private static ServiceError Insufficient(string what) => new("BadRequest", $"Insufficient information. {what}");

    private static ServiceError Forbidden(string message) => new("AccessForbidden", message, 403);
}
