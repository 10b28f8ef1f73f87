using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The headers of one event and the environment of the function.</summary>
internal sealed class LambdaContext : ILambdaContext
{
    private readonly HttpResponseHeaders _headers;
    private readonly DateTimeOffset _deadline;

    public LambdaContext(HttpResponseHeaders headers, LogWriter log, ILambdaSerializer serializer)
    {
        _headers = headers;
        Serializer = serializer;
        AwsRequestId = Header("Lambda-Runtime-Aws-Request-Id")
                ?? throw new InvalidOperationException(
                    "The Lambda Runtime API sent an event without Lambda-Runtime-Aws-Request-Id.");
        _deadline = long.TryParse(
            Header("Lambda-Runtime-Deadline-Ms"),
            NumberStyles.Integer,
            CultureInfo.InvariantCulture,
            out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.UnixEpoch;
        Logger = new FunctionLogger(log, AwsRequestId);
    }

    public string AwsRequestId { get; }

    public ILambdaLogger Logger { get; }

    public ILambdaSerializer Serializer { get; }

    public TimeSpan RemainingTime => _deadline - DateTimeOffset.UtcNow;

    public string InvokedFunctionArn => Header("Lambda-Runtime-Invoked-Function-Arn");

    public string TraceId => Header("Lambda-Runtime-Trace-Id");

    public string TenantId => Header("Lambda-Runtime-Aws-Tenant-Id");

    public string FunctionName => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB =>
        int.TryParse(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), out var size) ? size : 0;

    public ICognitoIdentity Identity => new CognitoIdentity(Json("Lambda-Runtime-Cognito-Identity"));

    public IClientContext ClientContext => new MobileClientContext(Json("Lambda-Runtime-Client-Context"));

    private string Header(string name) => _headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    private JsonElement Json(string header) =>
        Header(header) is { Length: > 0 } text ? JsonElement.Parse(text) : default;

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Dictionary<string, string> Map(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var map)
            ? map.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString())
            : [];

    private sealed class CognitoIdentity(JsonElement json) : ICognitoIdentity
    {
        public string IdentityId => Text(json, "cognitoIdentityId");

        public string IdentityPoolId => Text(json, "cognitoIdentityPoolId");
    }

    private sealed class MobileClientContext(JsonElement json) : IClientContext, IClientApplication
    {
        private readonly JsonElement _client = json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty("client", out var it) ? it : default;

        IDictionary<string, string> IClientContext.Environment => Map(json, "env");

        IDictionary<string, string> IClientContext.Custom => Map(json, "custom");

        IClientApplication IClientContext.Client => this;

        string IClientApplication.AppPackageName => Text(_client, "app_package_name");

        string IClientApplication.AppTitle => Text(_client, "app_title");

        string IClientApplication.AppVersionCode => Text(_client, "app_version_code");

        string IClientApplication.AppVersionName => Text(_client, "app_version_name");

        string IClientApplication.InstallationId => Text(_client, "installation_id");
    }
}
