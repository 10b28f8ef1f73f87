namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API answered with something other than success.</summary>
internal sealed class RuntimeApiClientException(string message, int statusCode, string response) : Exception(message)
{
    public int StatusCode => statusCode;

    public string Response => response;
}
