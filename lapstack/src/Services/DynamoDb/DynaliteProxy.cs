using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Lapstack.Services.DynamoDb;

/// <summary>Calls dynalite. It checks no credentials, but wants to see a signature.</summary>
internal sealed class DynaliteProxy(Dynalite dynalite)
{
    private const string Signature =
        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

    public Task<DynaliteAnswer> CallAsync(string operation, JsonObject input, CancellationToken cancellation) =>
        CallAsync(operation, Encoding.UTF8.GetBytes(input.ToJsonString()), cancellation);

    /// <exception cref="DynaliteException">It has ended, or does not start. The call may have had its
    /// effect.</exception>
    public async Task<DynaliteAnswer> CallAsync(string operation, byte[] input, CancellationToken cancellation)
    {
        var client = await dynalite.ClientAsync(cancellation);
        try
        {
            // A caller that goes away is not waited for, and its call goes on, as on AWS.
            return await SendAsync(client, operation, input).WaitAsync(cancellation);
        }
        catch (Exception gone) when (gone is HttpRequestException or ObjectDisposedException or TimeoutException
            || (gone is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new DynaliteException(
                "The local DynamoDB ended in the middle of the call; it is started again. Repeat the call.", gone);
        }
    }

    private static async Task<DynaliteAnswer> SendAsync(HttpClient client, string operation, byte[] input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(input) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation("Authorization", Signature);
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        var crc = response.Headers.TryGetValues("x-amz-crc32", out var values) ? values.First() : null;
        return new DynaliteAnswer((int)response.StatusCode, body, crc);
    }
}
