using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Template;

namespace Lapstack.Tests.Ecs;

public sealed class TaskDefinitionRulesTests
{
    [Fact]
    public void Definition_of_the_bench_is_accepted() => TaskDefinitionRules.Check("Count", EcsBench.Definition());

    [Theory]
    [InlineData("requiresCompatibilities", """["EC2"]""", "must contain FARGATE")]
    [InlineData("networkMode", "\"bridge\"", "awsvpc")]
    [InlineData("memory", "\"4096\"", "No Fargate configuration exists for cpu 256 and memory 4096")]
    [InlineData("ephemeralStorage", """{"sizeInGiB":20}""", "21 to 200")]
    [InlineData("executionRoleArn", "null", "execution role")]
    [InlineData("containerDefinitions", "[]", "1 to 10")]
    [InlineData("containerDefinitions", """[{"name":"a","image":"i","essential":false}]""", "essential")]
    [InlineData("containerDefinitions", """[{"name":"a","image":"i"},{"name":"a","image":"i"}]""", "same name")]
    [InlineData("containerDefinitions", """[{"name":"a","image":"i","healthCheck":{}}]""", "health check")]
    [InlineData("containerDefinitions", """[{"name":"a","image":"i","stopTimeout":121}]""", "120")]
    [InlineData("containerDefinitions", """[{"name":"a","image":"i","logConfiguration":{"logDriver":"awsfirelens"}}]""",
        "awsfirelens")]
    [InlineData("containerDefinitions",
        """[{"name":"a","image":"i","dependsOn":[{"containerName":"b","condition":"START"}]}]""",
        "not in the definition")]
    [InlineData("containerDefinitions",
        """[{"name":"a","image":"i","dependsOn":[{"containerName":"a","condition":"START"}]}]""", "itself")]
    [InlineData("containerDefinitions",
        """[{"name":"a","image":"i","dependsOn":[{"containerName":"a","condition":"HEALTHY"}]}]""", "HEALTHY")]
    public void Definition_that_cannot_run_is_refused_with_the_rule(string member, string value, string rule)
    {
        var definition = EcsBench.Definition(d => d[member] = JsonNode.Parse(value));

        var error = Assert.Throws<TemplateException>(() => TaskDefinitionRules.Check("Count", definition));

        Assert.StartsWith("Task definition Count: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Template_casing_becomes_the_apis_and_the_users_keys_stay()
    {
        var properties = JsonNode.Parse(
            """{"Family":"f","ContainerDefinitions":[{"Name":"a","DockerLabels":{"My.Label":"x"},"LogConfiguration":{"LogDriver":"awslogs","Options":{"awslogs-group":"g"}}}]}""");

        Assert.Equal(
            """{"family":"f","containerDefinitions":[{"name":"a","dockerLabels":{"My.Label":"x"},"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"g"}}}]}""",
            TaskDefinitionJson.FromTemplate(properties!.AsObject()).ToJsonString());
    }
}
