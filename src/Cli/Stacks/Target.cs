using System.Net.Sockets;
using Amazon;
using Amazon.Runtime;
using Jobs.Cli.Ground;
using Jobs.Core;

namespace Jobs.Cli.Stacks;

/// <summary>
/// Which AWS to talk to: what AWS_ENDPOINT_URL says; else AWS; else, where there are no credentials at all and a
/// laptop's stack runs, that one.
/// </summary>
/// <param name="Endpoint">URL without a slash at its end; null for AWS.</param>
/// <param name="Credentials">Null for what the SDK finds.</param>
/// <param name="IsAssumed">It was not named: it was the only one there.</param>
/// <param name="Identity">Whose credentials, by name and never by secret: tells cached outputs of accounts
/// apart.</param>
internal sealed record Target(
    string? Endpoint, string Region, AWSCredentials? Credentials, bool IsAssumed, string Identity)
{
    public const string LaptopEndpoint = "http://127.0.0.1:4566";

    public const string LaptopRegion = "us-east-1";

    /// <exception cref="CliException">There is no Region, or AWS_ENDPOINT_URL is no URL.</exception>
    public static Target Resolve()
    {
        var named = Variable("AWS_ENDPOINT_URL")?.TrimEnd('/');
        if (named is not null
            && !(Uri.TryCreate(named, UriKind.Absolute, out var given) && given.Scheme is "http" or "https"))
        {
            throw CliException.NotReady(
                $"AWS_ENDPOINT_URL '{named}' is not a URL. Write it whole, such as {LaptopEndpoint}, or unset it for " +
                "AWS.");
        }

        var hasCredentials = HasCredentials();
        var assumed = named is null && !hasCredentials && Answers(LaptopEndpoint);
        var endpoint = named ?? (assumed ? LaptopEndpoint : null);
        var isLaptop = endpoint is not null && Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.IsLoopback;
        return new Target(
            endpoint,
            Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? (isLaptop ? LaptopRegion : RegionOfProfile()),
            isLaptop && !hasCredentials ? new BasicAWSCredentials("local", "local") : OfEnvironment(),
            assumed,
            $"{Variable("AWS_PROFILE")}|{Variable("AWS_ACCESS_KEY_ID")}");
    }

    /// <summary>A client's configuration for this target.</summary>
    public T Configure<T>(T config)
        where T : ClientConfig
    {
        if (Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        }
        else
        {
            config.ServiceURL = Endpoint;
            config.AuthenticationRegion = Region;
        }

        return config;
    }

    private static string RegionOfProfile() =>
        FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName
        ?? throw CliException.NotReady(
        "No AWS Region is set. Set AWS_REGION, or give your profile one: aws configure set region eu-central-1. " +
        $"For the stack on this machine: {CommandLines.Up()}");

    private static bool HasCredentials() =>
        new[] { "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI" }
            .Any(name => Variable(name) is not null)
        || File.Exists(Variable("AWS_SHARED_CREDENTIALS_FILE") ?? InHome("credentials"))
        || File.Exists(Variable("AWS_CONFIG_FILE") ?? InHome("config"));

    /// <summary>
    /// What the environment says outright; the SDK's own search would look into files first and watch them.
    /// </summary>
    private static AWSCredentials? OfEnvironment() => (
        Variable("AWS_PROFILE"), Variable("AWS_ACCESS_KEY_ID"), Variable("AWS_SECRET_ACCESS_KEY")) switch
    {
        (null, { } id, { } secret) =>
            Variable("AWS_SESSION_TOKEN") is { } token
                ? new SessionAWSCredentials(id, secret, token)
                : new BasicAWSCredentials(id, secret),
        _ => null,
    };

    private static string InHome(string file) =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws", file);

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Whether a server listens there. On the machine itself the answer is immediate.</summary>
    private static bool Answers(string endpoint)
    {
        var url = new Uri(endpoint);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(url.Host, url.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
