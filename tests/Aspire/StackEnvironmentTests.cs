using Jobs.Core;

namespace Jobs.Tests.Aspire;

/// <summary>A value of the stack has one name in the environment, for whatever program.</summary>
public sealed class StackEnvironmentTests
{
    [Theory]
    [InlineData(OutputNames.Bucket, EnvironmentNames.Bucket)]
    [InlineData(OutputNames.Commands, EnvironmentNames.Commands)]
    [InlineData(OutputNames.RunsTable, EnvironmentNames.RunsTable)]
    [InlineData(OutputNames.AlertTopic, EnvironmentNames.AlertTopic)]
    [InlineData(OutputNames.ResultsTable, EnvironmentNames.ResultsTable)]
    [InlineData($"{OutputNames.QueuePrefix}Orders", "JOBS_QUEUE_ORDERS")]
    [InlineData("OrdersTable", "ORDERS_TABLE")]
    public void Output_is_named_as_the_stack_names_it_to_its_own_programs(string output, string variable) =>
        Assert.Equal(variable, StackEnvironment.NameOf(output));
}
