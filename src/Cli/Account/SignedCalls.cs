using System.Net.Http.Headers;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Jobs.Cli.Stacks;

namespace Jobs.Cli.Account;

/// <summary>Calls of a target's services by the protocols that they speak, and their answers.</summary>
internal sealed class SignedCalls(Target target, SignedHttp http) : IDisposable
{
    public const string SnsVersion = "2010-03-31";

    public Target Target => target;

    public static SignedCalls To(Target target, TimeProvider clock) =>
        new(target, new SignedHttp(new SocketsHttpHandler(), () => CredentialsAsync(target), clock));

    /// <summary>A call of a REST service without a body.</summary>
    public Task<string> GetAsync(string service, string path, CancellationToken cancellation) =>
        http.SendAsync(
            HttpMethod.Get, Regional(service) + path, service, target.Region, null, null, cancellation);

    /// <summary>A call of a service with a JSON protocol.</summary>
    /// <param name="operation">With the service's prefix, such as AWSEvents.EnableRule.</param>
    /// <param name="write">Writes the members.</param>
    public async Task<string> JsonAsync(
        string service, string operation, Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        using var content = new ByteArrayContent(memory.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        return await http.SendAsync(
            HttpMethod.Post, $"{Regional(service)}/", service, target.Region, content, operation, cancellation);
    }

    /// <summary>A call of a service with the query protocol.</summary>
    public Task<string> QueryAsync(
        string service, string action, string version, (string Name, string? Value)[] parameters,
        CancellationToken cancellation) =>
        QueryAsync(Regional(service), service, target.Region, action, version, parameters, cancellation);

    /// <summary>The same, where the service is not one of the target's Region.</summary>
    public async Task<string> QueryAsync(
        string url,
        string service,
        string region,
        string action,
        string version,
        (string Name, string? Value)[] parameters,
        CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("Action", action),
            .. parameters.Where(one => one.Value is not null).Select(
                one => new KeyValuePair<string, string>(one.Name, one.Value!)),
            new("Version", version),
        ]);
        return await http.SendAsync(
            HttpMethod.Post, $"{target.Endpoint ?? url}/", service, region, form, null, cancellation);
    }

    /// <exception cref="AmazonClientException">The answer is not what AWS documents.</exception>
    public static T Read<T>(string answer, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return read(document.RootElement);
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Undocumented(e);
        }
    }

    /// <exception cref="AmazonClientException">The answer is not what AWS documents.</exception>
    public static T ReadXml<T>(string answer, Func<XElement, T> read)
    {
        try
        {
            return read(XElement.Parse(answer));
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException)
        {
            throw Undocumented(e);
        }
    }

    public void Dispose() => http.Dispose();

    private string Regional(string service) =>
        target.Endpoint
            ?? $"https://{HostOf(service)}.{target.Region}.{RegionEndpoint.GetBySystemName(target.Region).PartitionDnsSuffix}";

    /// <summary>ECR's API is beside its registry. https://docs.aws.amazon.com/general/latest/gr/ecr.html</summary>
    private static string HostOf(string service) => service == "ecr" ? "api.ecr" : service;

    private static AmazonClientException Undocumented(Exception e) =>
        new($"AWS's answer is not the documented one: {e.Message}", e);

    private static async Task<ImmutableCredentials> CredentialsAsync(Target target) =>
        await (
            target.Credentials
                ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync()).GetCredentialsAsync();
}
