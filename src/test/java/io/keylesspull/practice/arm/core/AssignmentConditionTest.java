package io.keylesspull.practice.arm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.practice.arm.protocol.ArmError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentConditionTest {

    private static final String NAME = "Microsoft.ContainerRegistry/registries/repositories:name";
    private static final String READ = "Microsoft.ContainerRegistry/registries/repositories/content/read";

    @ParameterizedTest
    @CsvSource({
        "StringEqualsIgnoreCase, team/app, TEAM/app, true",
        "StringEqualsIgnoreCase, team/app, team/apps, false",
        "StringEquals, team/app, TEAM/app, false",
        "StringStartsWithIgnoreCase, team/, Team/app, true",
        "StringStartsWithIgnoreCase, team/, teams/app, false",
        "StringStartsWith, team/, Team/app, false",
        "StringNotEquals, team/app, team/app, false"
    })
    void aRepositoryIsComparedAsTheOperatorSays(String operator, String value, String repository, boolean allowed) {
        String condition =
                "((!(ActionMatches{'" + READ + "'})) OR (@Request[" + NAME + "] " + operator + " '" + value + "'))";

        assertThat(AssignmentCondition.allows(condition, READ, Map.of(NAME, repository)))
                .isEqualTo(allowed);
        assertThat(AssignmentCondition.allows(condition, READ + "er", Map.of(NAME, repository)))
                .as("another action")
                .isTrue();
        assertThat(AssignmentCondition.allows(condition, READ, Map.of()))
                .as("no repository")
                .isFalse();
    }

    @Test
    void andBindsMoreThanOr() {
        String condition = "(ActionMatches{'a'} OR ActionMatches{'b'} AND\n ! ActionMatches{'b'})";

        assertThat(AssignmentCondition.allows(condition, "a", Map.of())).isTrue();
        assertThat(AssignmentCondition.allows(condition, "b", Map.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(ActionMatches{'a'}",
                "ActionMatches{'a'} ActionMatches{'b'}",
                "@Request[x] Resembles 'y'",
                "@Request[x] StringEquals y",
                "true"
            })
    void whatIsNoConditionIsRefused(String condition) {
        assertThatThrownBy(() -> AssignmentCondition.check(condition, "2.0")).isInstanceOf(ArmError.class);
    }

    @Test
    void onlyVersionTwoIsKnown() {
        assertThatThrownBy(() -> AssignmentCondition.check("ActionMatches{'a'}", "1.0"))
                .isInstanceOf(ArmError.class);
    }
}
