using Amazon;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime.Endpoints;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Tests.Packages.Wire;

public class EndpointTests
{
    [Theory]
    [InlineData("us-east-1", false, false, "https://ecs.us-east-1.amazonaws.com/")]
    [InlineData("eu-central-2", false, false, "https://ecs.eu-central-2.amazonaws.com/")]
    [InlineData("cn-north-1", false, false, "https://ecs.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-west-2", true, false, "https://ecs-fips.us-west-2.amazonaws.com/")]
    [InlineData("us-west-2", false, true, "https://ecs.us-west-2.api.aws/")]
    [InlineData("us-west-2", true, true, "https://ecs-fips.us-west-2.api.aws/")]
    public void Region_chosen_gives_the_host(string region, bool fips, bool dualStack, string expected)
    {
        var config = new AmazonECSConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        };

        Assert.Equal(
            expected,
            config.DetermineServiceOperationEndpoint(
                new ServiceOperationEndpointParameters(new ListTasksRequest())).URL);
    }

    [Fact]
    public void Other_service_has_a_host_of_its_own()
    {
        var sns = new AmazonSimpleNotificationServiceConfig { RegionEndpoint = RegionEndpoint.EUWest1 };

        Assert.Equal(
            "https://sns.eu-west-1.amazonaws.com/",
            sns.DetermineServiceOperationEndpoint(new(new PublishRequest())).URL);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_ECS")]
    public async Task Endpoint_in_the_environment_is_called_and_signed_for_the_region(string variable)
    {
        using var server = new StubServer(_ => Reply.Json("{}"));
        using var environment = new EnvironmentScope()
            .Set("AWS_REGION", Clients.Region).Set("AWS_ENDPOINT_URL", "http://127.0.0.1:1").Set(variable, server.Url);
        using var ecs = Clients.EcsInRegion();

        await ecs.ListTasksAsync(new ListTasksRequest());

        Assert.Contains("/eu-west-1/ecs/aws4_request", server.Only.Headers["Authorization"], StringComparison.Ordinal);
    }
}
